package dev.codewise.proxy.openai.responses;

import dev.codewise.proxy.completion.Wishes;
import dev.codewise.proxy.completion.Wishes.Effort;
import dev.codewise.proxy.openai.Refusals;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a request wishes of the answer. */
final class ResponseWishes {

    private ResponseWishes() {}

    static Wishes of(ResponseRequest request) {
        return new Wishes(
                positive(request.maxOutputTokens()),
                within("temperature", request.temperature(), 2),
                within("top_p", request.topP(), 1),
                List.of(),
                effort(part(request.reasoning(), "effort")),
                schema(part(request.text(), "format")));
    }

    /** The name that clients know a wish by. */
    static String nameOf(Wishes.Kind kind) {
        return switch (kind) {
            case MAX_TOKENS -> "max_output_tokens";
            case TEMPERATURE -> "temperature";
            case TOP_P -> "top_p";
            case STOP -> "stop";
            case EFFORT -> "reasoning.effort";
        };
    }

    private static @Nullable JsonNode part(@Nullable JsonNode object, String name) {
        JsonNode value = object == null ? null : object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private static @Nullable Integer positive(@Nullable Integer tokens) {
        if (tokens != null && tokens < 1) {
            throw Refusals.invalid("max_output_tokens", "\"max_output_tokens\" must be at least 1.");
        }
        return tokens;
    }

    /** Claude's scale ends at 1. */
    private static @Nullable Double within(String param, @Nullable Double value, int most) {
        if (value == null) {
            return null;
        }
        if (!(value >= 0 && value <= most)) {
            throw Refusals.invalid(param, "\"" + param + "\" must be between 0 and " + most + ".");
        }
        return Math.min(value, 1);
    }

    private static @Nullable Effort effort(@Nullable JsonNode effort) {
        if (effort == null) {
            return null;
        }
        return switch (effort.asString("")) {
            case "none" -> Effort.NONE;
            case "minimal" -> Effort.MINIMAL;
            case "low" -> Effort.LOW;
            case "medium" -> Effort.MEDIUM;
            case "high" -> Effort.HIGH;
            case "xhigh", "max" -> Effort.MAX;
            default ->
                throw Refusals.invalid(
                        "reasoning.effort",
                        "\"reasoning.effort\" must be none, minimal, low, medium, high, xhigh or max.");
        };
    }

    private static @Nullable JsonNode schema(@Nullable JsonNode format) {
        if (format == null) {
            return null;
        }
        return switch (format.path("type").asString("")) {
            case "text" -> null;
            case "json_object" -> JsonNodeFactory.instance.objectNode().put("type", "object");
            case "json_schema" -> given(format.path("schema"));
            default ->
                throw Refusals.invalid(
                        "text.format.type", "\"text.format.type\" must be text, json_object or json_schema.");
        };
    }

    private static JsonNode given(JsonNode schema) {
        if (!schema.isObject()) {
            throw Refusals.invalid("text.format.schema", "\"text.format.schema\" must be a JSON Schema.");
        }
        return schema;
    }
}
