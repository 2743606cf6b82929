package dev.codewise.proxy.web;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;

/** What is wrong with a body of JSON: it is none, it is more than is read here, or a value in it is of the wrong kind. */
public final class JsonFailure {

    private static final int LONGEST_FIELD = 100;

    /** Which limit was passed is said in words only. */
    private static final Pattern LIMIT =
            Pattern.compile("(?:Document )?(\\w[\\w ]*) \\(\\d+\\) .*maximum allowed \\((\\d+).*", Pattern.DOTALL);

    private JsonFailure() {}

    public static HttpFailure of(JacksonException json) {
        if (json instanceof StreamConstraintsException limit) {
            return beyond(limit);
        }
        if (json instanceof StreamReadException && json.getLocation() != null) {
            var at = json.getLocation();
            return invalid(
                    "The body is not valid JSON (line " + at.getLineNr() + ", column " + at.getColumnNr() + ").");
        }
        return ofField(path(json));
    }

    /** Such a body may be perfectly valid. */
    private static HttpFailure beyond(StreamConstraintsException limit) {
        Matcher named = LIMIT.matcher(String.valueOf(limit.getOriginalMessage()));
        String which = named.matches()
                ? ": " + named.group(1).toLowerCase(Locale.ROOT) + " up to " + named.group(2) + "."
                : ".";
        return invalid("The JSON of the body is beyond what is read here" + which);
    }

    private static HttpFailure ofField(String field) {
        return field.isEmpty()
                ? invalid("The body is not the JSON that this path reads.")
                : invalid("\"" + field + "\" is missing or has a value of the wrong kind.")
                        .withField(field);
    }

    /** As clients write it: {@code messages[0].role}; shortened, for keys are the sender's own words. */
    private static String path(JacksonException json) {
        String path = json.getPath().stream()
                .map(JsonFailure::step)
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
        return path.length() > LONGEST_FIELD ? path.substring(0, LONGEST_FIELD) + "…" : path;
    }

    private static String step(JacksonException.Reference step) {
        return step.getPropertyName() == null ? "[" + step.getIndex() + "]" : "." + step.getPropertyName();
    }

    private static HttpFailure invalid(String sentence) {
        return new HttpFailure(HttpStatus.BAD_REQUEST, sentence);
    }
}
