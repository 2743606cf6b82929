package dev.codewise.proxy.ledger;

import dev.codewise.proxy.web.HttpFailure;
import dev.codewise.proxy.web.RequestRefused;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;

/** What an operator asks of the ledger; what is wrong is told with the parameter's name and the cure. */
final class Question {

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final MultiValueMap<String, String> parameters;

    /** A parameter that is not one of these may be one that is spelt wrong, and then the answer would be to another question. */
    Question(MultiValueMap<String, String> parameters, Set<String> known) {
        parameters.forEach((name, values) -> check(name, values, known));
        this.parameters = parameters;
    }

    private static void check(String name, List<String> values, Set<String> known) {
        if (!known.contains(name)) {
            throw wrong(name, "is no parameter of this: there are " + String.join(", ", new TreeSet<>(known)));
        }
        if (values.size() > 1) {
            throw wrong(name, "must be given once");
        }
        if (values.stream().anyMatch(value -> CONTROL.matcher(value).find())) {
            throw wrong(name, "has a control character, which no name has");
        }
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(parameters.getFirst(name)).filter(value -> !value.isEmpty());
    }

    Instant time(String name, Instant otherwise) {
        return text(name).map(value -> time(name, value)).orElse(otherwise);
    }

    private static Instant time(String name, String value) {
        try {
            return DAY.matcher(value).matches()
                    ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : instant(value);
        } catch (DateTimeParseException e) {
            throw wrong(name, "must be a time such as 2026-01-31T12:00:00Z, or a day such as 2026-01-31");
        }
    }

    /** One that the database can hold. */
    static Instant instant(String value) {
        Instant time = Instant.parse(value);
        if (time.isBefore(Instant.EPOCH) || time.isAfter(Cursor.START.startedAt())) {
            throw new DateTimeParseException("too far away", value, 0);
        }
        return time;
    }

    int count(String name, int usual, int most) {
        String value = text(name).orElse(Integer.toString(usual));
        int count = value.matches("\\d{1,9}") ? Integer.parseInt(value) : 0;
        if (count < 1 || count > most) {
            throw wrong(name, "must be a number from 1 to " + most);
        }
        return count;
    }

    @Nullable
    String oneOf(String name, Set<String> choices) {
        Optional<String> chosen = text(name);
        chosen.filter(value -> !choices.contains(value)).ifPresent(value -> refuse(name, choices));
        return chosen.orElse(null);
    }

    private static void refuse(String name, Set<String> choices) {
        throw wrong(name, "must be one of " + String.join(", ", new TreeSet<>(choices)));
    }

    static RequestRefused wrong(String parameter, String rule) {
        return new RequestRefused(
                new HttpFailure(HttpStatus.BAD_REQUEST, "\"" + parameter + "\" " + rule + ".").withField(parameter));
    }
}
