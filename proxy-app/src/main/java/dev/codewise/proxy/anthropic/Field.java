package dev.codewise.proxy.anthropic;

import dev.codewise.proxy.web.HttpFailure;
import dev.codewise.proxy.web.RequestRefused;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;

/** A value of a request and where it stands, such as {@code messages.0.content}, so that what is wrong with it can be said. */
record Field(JsonNode value, String path) {

    static Field root(JsonNode body) {
        return new Field(body, "");
    }

    Field member(String name) {
        return new Field(value.path(name), path.isEmpty() ? name : path + "." + name);
    }

    /** Absent and null are the same. */
    boolean isGiven() {
        return !value.isMissingNode() && !value.isNull();
    }

    boolean isText() {
        return value.isString();
    }

    /** The members of what must be a list; none where there is none. */
    List<Field> items() {
        if (!isGiven()) {
            return List.of();
        }
        require(value.isArray(), "must be a list.");
        return IntStream.range(0, value.size())
                .mapToObj(index -> new Field(value.get(index), path + "." + index))
                .toList();
    }

    Field object() {
        require(value.isObject(), isGiven() ? "must be an object." : "is missing.");
        return this;
    }

    Field optionalObject() {
        return isGiven() ? object() : this;
    }

    String text() {
        require(value.isString(), isGiven() ? "must be a string." : "is missing.");
        return value.stringValue();
    }

    Optional<String> optionalText() {
        return isGiven() ? Optional.of(text()) : Optional.empty();
    }

    boolean flag() {
        require(!isGiven() || value.isBoolean(), "must be true or false.");
        return value.asBoolean(false);
    }

    int positive() {
        require(value.isIntegralNumber(), isGiven() ? "must be a whole number." : "is missing.");
        require(value.canConvertToInt() && value.intValue() > 0, "must be at least 1, and no more than fits.");
        return value.intValue();
    }

    Optional<Double> fraction() {
        require(!isGiven() || value.isNumber(), "must be a number.");
        require(!isGiven() || isBetweenZeroAndOne(value.doubleValue()), "must be between 0 and 1.");
        return isGiven() ? Optional.of(value.doubleValue()) : Optional.empty();
    }

    private static boolean isBetweenZeroAndOne(double number) {
        return number >= 0 && number <= 1;
    }

    void require(boolean isSo, String otherwise) {
        if (!isSo) {
            throw wrong(otherwise);
        }
    }

    /** @param sentence what is wrong, to follow the path */
    RequestRefused wrong(String sentence) {
        String said = path.isEmpty() ? "The body " + sentence : path + ": " + sentence;
        return new RequestRefused(new HttpFailure(HttpStatus.BAD_REQUEST, said).withField(path));
    }
}
