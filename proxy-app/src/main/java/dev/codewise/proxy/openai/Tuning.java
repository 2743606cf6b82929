package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.WellFormed;
import dev.codewise.proxy.completion.Wishes;
import dev.codewise.proxy.completion.Wishes.Effort;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The fields that tune an answer: how long it may get, how daring, where it stops, how hard the model thinks, for whom it is. */
final class Tuning {

    private static final String MAX_TOKENS = "max_tokens";
    private static final String MAX_COMPLETION_TOKENS = "max_completion_tokens";

    private static final String USER = "user";
    private static final String SAFETY_IDENTIFIER = "safety_identifier";
    private static final String EFFORT = "reasoning_effort";
    private static final int HOTTEST = 2;
    private static final int MOST_STOPS = 4;
    private static final String STOPS = "a string that is not empty, or up to " + MOST_STOPS + " of them";

    private final Fields fields;

    private Tuning(Fields fields) {
        this.fields = fields;
    }

    static Wishes of(Fields fields, @Nullable JsonNode schema) {
        return new Tuning(fields).wishes(schema);
    }

    static String nameOf(Wishes.Kind wish, Fields fields) {
        return switch (wish) {
            case MAX_TOKENS -> fields.has(MAX_COMPLETION_TOKENS) ? MAX_COMPLETION_TOKENS : MAX_TOKENS;
            case TEMPERATURE -> "temperature";
            case TOP_P -> "top_p";
            case STOP -> "stop";
            case EFFORT -> EFFORT;
            case USER -> fields.has(SAFETY_IDENTIFIER) ? SAFETY_IDENTIFIER : USER;
            case STRICT_CALLS -> "tools[].function.strict";
        };
    }

    private Wishes wishes(@Nullable JsonNode schema) {
        return new Wishes(
                maxTokens(),
                fields.number("temperature", HOTTEST),
                fields.number("top_p", 1),
                stop(),
                effort(),
                schema,
                user());
    }

    /** Where both names are given the newer one counts. */
    private @Nullable Integer maxTokens() {
        Integer old = fields.count(MAX_TOKENS);
        Integer recent = fields.count(MAX_COMPLETION_TOKENS);
        return recent == null ? old : recent;
    }

    /** Here too the newer name counts. */
    private @Nullable String user() {
        String old = fields.word(USER);
        String recent = fields.word(SAFETY_IDENTIFIER);
        return recent == null ? old : recent;
    }

    private List<String> stop() {
        return fields.find("stop").map(Tuning::stops).orElse(List.of());
    }

    private static List<String> stops(JsonNode stop) {
        if (!stop.isArray()) {
            return List.of(oneStop(stop));
        }
        if (stop.size() > MOST_STOPS) {
            throw Refusals.mustBe("stop", STOPS);
        }
        return stop.valueStream().map(Tuning::oneStop).toList();
    }

    private static String oneStop(JsonNode stop) {
        return Fields.text(stop)
                .filter(text -> !text.isEmpty())
                .map(WellFormed::text)
                .orElseThrow(() -> Refusals.mustBe("stop", STOPS));
    }

    private @Nullable Effort effort() {
        return EffortName.read(fields.find(EFFORT).orElse(null), EFFORT);
    }
}
