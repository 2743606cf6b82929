package dev.codewise.proxy.agent;

import dev.codewise.protocol.AgentFeature;
import dev.codewise.protocol.RunEffort;
import dev.codewise.proxy.completion.ClaudeModels;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.Generation;
import dev.codewise.proxy.completion.Sampling;
import dev.codewise.proxy.completion.Wishes;
import dev.codewise.proxy.completion.Wishes.Effort;
import dev.codewise.proxy.completion.Wishes.Kind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The wishes of a request that only tune its answer, as far as one agent and its model heed them. A model that thinks lets nobody
 * choose how it samples; one that is only asked for a sampling does not think.
 */
record Tuning(
        Sampling sampling, List<String> stop, @Nullable Effort effort) {

    private static final Tuning NONE = new Tuning(Sampling.USUAL_ONE, List.of(), null);

    static Tuning of(CompletionRequest request, AgentProfile agent) {
        return agent.can(AgentFeature.SAMPLING) ? of(request.wishes(), generation(request)) : NONE;
    }

    /** All of them, whoever heeds them. */
    static Tuning everything(Wishes wishes) {
        return new Tuning(Sampling.of(wishes), wishes.stop(), wishes.effort());
    }

    private static Generation generation(CompletionRequest request) {
        return Generation.of(ClaudeModels.fullName(request.model()));
    }

    private static Tuning of(Wishes wishes, Generation generation) {
        Effort effort = isHeeded(wishes.effort(), generation) ? wishes.effort() : null;
        boolean thinks = effort != null && effort != Effort.NONE;
        return new Tuning(
                generation.takesSampling() && !thinks ? Sampling.of(wishes) : Sampling.USUAL_ONE,
                wishes.stop().stream().filter(words -> !words.isBlank()).toList(),
                effort);
    }

    /** Claude Code tells only the later models how hard to think, and the latest cannot be kept from it. */
    private static boolean isHeeded(@Nullable Effort wish, Generation generation) {
        return switch (generation) {
            case EARLY, FOUR_FIVE -> wish == Effort.NONE;
            case FOUR_SIX, UP_TO_FIVE -> true;
            case LATEST -> wish != Effort.NONE;
        };
    }

    /** For whom an answer is, and that calls fit their schemas to the letter, Claude Code cannot be told. */
    Set<Kind> unheeded(CompletionRequest request) {
        Wishes wishes = request.wishes();
        Set<Kind> unheeded = sampling.unheeded(wishes);
        if (!request.toolbox().strictSchemas().isEmpty()) {
            unheeded.add(Kind.STRICT_CALLS);
        }
        if (stop.size() < wishes.stop().size()) {
            unheeded.add(Kind.STOP);
        }
        if (wishes.effort() != effort) {
            unheeded.add(Kind.EFFORT);
        }
        if (wishes.user() != null) {
            unheeded.add(Kind.USER);
        }
        return unheeded;
    }

    @Nullable
    List<String> stopOrNone() {
        return stop.isEmpty() ? null : stop;
    }

    @Nullable
    RunEffort runEffort() {
        return effort == null
                ? null
                : switch (effort) {
                    case NONE -> RunEffort.NONE;
                    case MINIMAL -> RunEffort.MINIMAL;
                    case LOW -> RunEffort.LOW;
                    case MEDIUM -> RunEffort.MEDIUM;
                    case HIGH -> RunEffort.HIGH;
                    case MAX -> RunEffort.MAX;
                };
    }
}
