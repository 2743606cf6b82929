package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.WellFormed;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The fields of a request that are read one by one, each with its own demands; null is the same as absent. */
record Fields(Map<String, JsonNode> values) {

    Optional<JsonNode> find(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isNull());
    }

    boolean has(String name) {
        return find(name).isPresent();
    }

    /** What is in an object, each under its name from the beginning; nothing where there is none. */
    Fields partsOf(String name) {
        JsonNode value = find(name).orElseGet(JsonNodeFactory.instance::objectNode);
        if (!value.isObject()) {
            throw Refusals.mustBe(name, "an object");
        }
        return new Fields(value.properties().stream()
                .collect(Collectors.toMap(part -> name + "." + part.getKey(), Map.Entry::getValue)));
    }

    /** A number from 0 to the largest, or nothing. */
    @Nullable
    Double number(String name, int largest) {
        JsonNode value = find(name).orElse(null);
        if (value == null) {
            return null;
        }
        if (!value.isNumber() || !(value.doubleValue() >= 0 && value.doubleValue() <= largest)) {
            throw Refusals.mustBe(name, "a number from 0 to " + largest);
        }
        return value.doubleValue();
    }

    /** A whole number from 1 on, or nothing. */
    @Nullable
    Integer count(String name) {
        JsonNode value = find(name).orElse(null);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 1) {
            throw Refusals.mustBe(name, "a whole number from 1 on");
        }
        return value.intValue();
    }

    /** A text, or nothing. */
    @Nullable
    String word(String name) {
        JsonNode value = find(name).orElse(null);
        if (value == null) {
            return null;
        }
        return text(value).map(WellFormed::text).orElseThrow(() -> Refusals.mustBe(name, "a string"));
    }

    boolean flag(String name, boolean otherwise) {
        JsonNode value = find(name).orElse(null);
        if (value == null) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw Refusals.mustBe(name, "true or false");
        }
        return value.booleanValue();
    }

    static boolean isTrue(JsonNode node) {
        return node.isBoolean() && node.booleanValue();
    }

    static boolean isWord(JsonNode node, String word) {
        return node.isString() && node.stringValue().equals(word);
    }

    /** The text of a string, or nothing where it is something else. */
    static Optional<String> text(JsonNode node) {
        return node.isString() ? Optional.of(node.stringValue()) : Optional.empty();
    }
}
