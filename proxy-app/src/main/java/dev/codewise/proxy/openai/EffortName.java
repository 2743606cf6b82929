package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.Wishes.Effort;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** OpenAI's words for how hard the model should think. */
public final class EffortName {

    private EffortName() {}

    /** Nothing where nothing was said. */
    public static @Nullable Effort read(@Nullable JsonNode effort, String field) {
        if (effort == null || effort.isNull()) {
            return null;
        }
        return switch (Fields.text(effort).orElse("")) {
            case "none" -> Effort.NONE;
            case "minimal" -> Effort.MINIMAL;
            case "low" -> Effort.LOW;
            case "medium" -> Effort.MEDIUM;
            case "high" -> Effort.HIGH;
            case "xhigh", "max" -> Effort.MAX;
            default -> throw Refusals.mustBe(field, "one of none, minimal, low, medium, high, xhigh and max");
        };
    }
}
