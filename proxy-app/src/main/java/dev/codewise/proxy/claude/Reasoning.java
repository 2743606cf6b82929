package dev.codewise.proxy.claude;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.codewise.proxy.completion.Generation;
import dev.codewise.proxy.completion.Wishes.Effort;
import org.jspecify.annotations.Nullable;

/** How a model is told how hard to think: each generation in its own way, and some not at all. */
record Reasoning(@Nullable Thinking thinking, @Nullable String effort, boolean heeded) {

    private static final int LEAST_BUDGET = 1024;
    private static final Reasoning LEFT_ALONE = new Reasoning(null, null, true);
    private static final Reasoning NOT_TO_BE_TOLD = new Reasoning(null, null, false);

    /** What the API calls thinking; only a summary of it is ever shown. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Thinking(
            String type,
            @JsonProperty("budget_tokens") @Nullable Integer budget,
            @Nullable String display) {

        private static final Thinking DISABLED = new Thinking("disabled", null, null);
        private static final Thinking ADAPTIVE = new Thinking("adaptive", null, "summarized");

        private static Thinking within(int budget) {
            return new Thinking("enabled", budget, null);
        }
    }

    /** What in a request decides whether the model may think. */
    record Occasion(@Nullable Effort wish, ToolOffer tools, int maxTokens) {}

    static Reasoning of(Generation generation, Occasion occasion) {
        return switch (generation) {
            case EARLY -> never(occasion);
            case FOUR_FIVE -> withinBudget(occasion);
            case FOUR_SIX, UP_TO_FIVE -> adaptive(occasion);
            case LATEST -> always(occasion);
        };
    }

    /** Whether the model certainly thinks, which excludes any say in how it samples. */
    boolean isThinking() {
        return thinking != null && !thinking.equals(Thinking.DISABLED);
    }

    private static Reasoning never(Occasion occasion) {
        return asksForThoughts(occasion.wish) ? NOT_TO_BE_TOLD : LEFT_ALONE;
    }

    /**
     * Only where no tools are about: having thought once, such a model wants its thoughts back with the results, and clients
     * of most wire formats do not have them. The answer needs at least as much room as the thoughts.
     */
    private static Reasoning withinBudget(Occasion occasion) {
        if (!asksForThoughts(occasion.wish)) {
            return LEFT_ALONE;
        }
        int budget = Math.min(budgetOf(occasion.wish), occasion.maxTokens / 2);
        boolean possible = occasion.tools.isEmpty() && budget >= LEAST_BUDGET;
        return possible ? new Reasoning(Thinking.within(budget), null, true) : NOT_TO_BE_TOLD;
    }

    /** Must not think where it has to call a tool, and then must not be told to do its utmost either. */
    private static Reasoning adaptive(Occasion occasion) {
        if (occasion.tools.isForced()) {
            boolean utmost = occasion.wish == Effort.MAX;
            return new Reasoning(Thinking.DISABLED, utmost ? "high" : nameOf(occasion.wish), !utmost);
        }
        if (occasion.wish == Effort.NONE) {
            return new Reasoning(Thinking.DISABLED, null, true);
        }
        return occasion.wish == null ? LEFT_ALONE : new Reasoning(Thinking.ADAPTIVE, nameOf(occasion.wish), true);
    }

    private static Reasoning always(Occasion occasion) {
        if (occasion.wish == Effort.NONE) {
            return new Reasoning(null, "low", false);
        }
        return occasion.wish == null ? LEFT_ALONE : new Reasoning(Thinking.ADAPTIVE, nameOf(occasion.wish), true);
    }

    private static boolean asksForThoughts(@Nullable Effort wish) {
        return wish != null && wish != Effort.NONE;
    }

    private static int budgetOf(@Nullable Effort wish) {
        return wish == null
                ? 0
                : switch (wish) {
                    case NONE -> 0;
                    case MINIMAL -> LEAST_BUDGET;
                    case LOW -> 2 * LEAST_BUDGET;
                    case MEDIUM -> 8 * LEAST_BUDGET;
                    case HIGH -> 16 * LEAST_BUDGET;
                    case MAX -> 31 * LEAST_BUDGET;
                };
    }

    private static @Nullable String nameOf(@Nullable Effort wish) {
        return wish == null
                ? null
                : switch (wish) {
                    case NONE -> null;
                    case MINIMAL, LOW -> "low";
                    case MEDIUM -> "medium";
                    case HIGH -> "high";
                    case MAX -> "max";
                };
    }
}
