package dev.codewise.agent.claude;

import dev.codewise.agent.claude.Wishes.Effort;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The client's wishes as claude can be told them before its first message, as far as the model heeds them. */
record Tuning(
        @Nullable Integer maxTokens,
        Map<String, Object> extraBody,
        @Nullable String effort,
        @Nullable Integer thinkingTokens) {

    /** The least that a model may be given to think, where it is given anything. */
    private static final int LEAST_BUDGET = 1024;

    /** Models that think as much as they find necessary, and tell a summary of it only to those who ask. */
    private static final Pattern HIDES_ITS_THOUGHTS =
            Pattern.compile("sonnet|opus|fable|.*(-4-[678]|(sonnet|opus|fable)-5)($|[-@]).*");

    private static final Map<String, String> SUMMARIZED = Map.of("type", "adaptive", "display", "summarized");

    Tuning {
        extraBody = Map.copyOf(extraBody);
    }

    static Tuning of(Prompt prompt) {
        var wishes = prompt.wishes();
        var sampling = Sampling.of(prompt.model(), wishes);
        var thinking = mayThink(prompt, sampling) ? budget(wishes) : Integer.valueOf(0);
        var body = extraBody(prompt, sampling);
        if (wishes.effort() != null && (thinking == null || thinking > 0) && hidesItsThoughts(prompt.model())) {
            body.put("thinking", SUMMARIZED);
        }
        return new Tuning(wishes.maxTokens(), body, effort(wishes.effort(), thinking), thinking);
    }

    private static boolean hidesItsThoughts(String model) {
        return HIDES_ITS_THOUGHTS.matcher(model).matches();
    }

    /** Nobody has to be told anything. */
    boolean isNone() {
        return maxTokens == null && extraBody.isEmpty() && effort == null;
    }

    /** Where the limit is small, thoughts would leave no room for an answer, and some models refuse to think so little. */
    private static boolean mayThink(Prompt prompt, Sampling sampling) {
        var wishes = prompt.wishes();
        var limit = wishes.maxTokens();
        return !isForced(prompt.toolbox().choice())
                && sampling.isUsual()
                && !Sampling.isThoughtless(wishes.effort())
                && (limit == null || limit >= 2 * LEAST_BUDGET);
    }

    /** A model that has to call a tool must not think before. */
    private static boolean isForced(Toolbox.Choice choice) {
        return choice.kind() == Toolbox.Kind.REQUIRED || choice.kind() == Toolbox.Kind.NAMED;
    }

    /** For models that think within a budget, for which claude would take all that the answer may measure; others ignore it. */
    private static @Nullable Integer budget(Wishes wishes) {
        var limit = wishes.maxTokens();
        if (wishes.effort() == null) {
            return limit == null ? null : Integer.valueOf(limit / 2);
        }
        var wanted = budgetOf(wishes.effort());
        return limit == null ? wanted : Math.min(wanted, limit / 2);
    }

    private static int budgetOf(Effort effort) {
        return switch (effort) {
            case NONE, MINIMAL -> 0;
            case LOW -> 2 * LEAST_BUDGET;
            case MEDIUM -> 8 * LEAST_BUDGET;
            case HIGH -> 16 * LEAST_BUDGET;
            case MAX -> 31 * LEAST_BUDGET;
        };
    }

    /** The utmost is not to be had of a model that must not think. */
    private static @Nullable String effort(@Nullable Effort effort, @Nullable Integer thinking) {
        if (effort == null) {
            return null;
        }
        return switch (effort) {
            case NONE, MINIMAL, LOW -> "low";
            case MEDIUM -> "medium";
            case HIGH -> "high";
            case MAX -> thinking != null && thinking == 0 ? "high" : "max";
        };
    }

    private static Map<String, Object> extraBody(Prompt prompt, Sampling sampling) {
        var body = new LinkedHashMap<String, Object>();
        if (sampling.temperature() != null) {
            body.put("temperature", sampling.temperature());
        }
        if (sampling.topP() != null) {
            body.put("top_p", sampling.topP());
        }
        // the API refuses those that are blank
        var stop = prompt.wishes().stop().stream()
                .filter(words -> !words.isBlank())
                .toList();
        if (!stop.isEmpty()) {
            body.put("stop_sequences", stop);
        }
        ToolPolicy.of(prompt.toolbox()).ifPresent(policy -> body.put("tool_choice", policy));
        return body;
    }
}
