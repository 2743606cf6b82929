package dev.codewise.proxy.openai.responses;

import dev.codewise.proxy.completion.Wishes;
import dev.codewise.proxy.openai.EffortName;
import dev.codewise.proxy.openai.Refusals;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a request wishes of the answer. */
final class ResponseWishes {

    private static final String EFFORT = "reasoning.effort";

    private ResponseWishes() {}

    static Wishes of(ResponseRequest request, @Nullable JsonNode schema) {
        return new Wishes(
                positive(request.maxOutputTokens()),
                within("temperature", request.temperature(), 2),
                within("top_p", request.topP(), 1),
                List.of(),
                EffortName.read(
                        request.reasoning() == null ? null : request.reasoning().get("effort"), EFFORT),
                schema,
                request.safetyIdentifier() == null ? request.user() : request.safetyIdentifier());
    }

    /** The name that clients know a wish by. */
    static String nameOf(Wishes.Kind kind, ResponseRequest request) {
        return switch (kind) {
            case MAX_TOKENS -> "max_output_tokens";
            case TEMPERATURE -> "temperature";
            case TOP_P -> "top_p";
            case STOP -> "stop";
            case EFFORT -> EFFORT;
            case USER -> request.safetyIdentifier() == null ? "user" : "safety_identifier";
            case STRICT_CALLS -> "tools[].strict";
        };
    }

    private static @Nullable Integer positive(@Nullable Integer tokens) {
        if (tokens != null && tokens < 1) {
            throw Refusals.invalid("max_output_tokens", "\"max_output_tokens\" must be at least 1.");
        }
        return tokens;
    }

    private static @Nullable Double within(String param, @Nullable Double value, int most) {
        if (value == null) {
            return null;
        }
        if (!(value >= 0 && value <= most)) {
            throw Refusals.invalid(param, "\"" + param + "\" must be between 0 and " + most + ".");
        }
        return value;
    }
}
