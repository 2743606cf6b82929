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
        Sampling sampling, List<String> stop, @Nullable Effort effort, boolean effortHeeded) {

    private static final Tuning NONE = new Tuning(Sampling.USUAL_ONE, List.of(), null, false);

    /** Claude Code lets no model think that could not think as much as this. */
    private static final int ROOM_TO_THINK = 2048;

    static Tuning of(CompletionRequest request, AgentProfile agent) {
        return agent.can(AgentFeature.SAMPLING) ? of(request, generation(request)) : NONE;
    }

    /** All of them, whoever heeds them. */
    static Tuning everything(Wishes wishes) {
        return new Tuning(Sampling.of(wishes), wishes.stop(), wishes.effort(), true);
    }

    private static Generation generation(CompletionRequest request) {
        return Generation.of(ClaudeModels.fullName(request.model()));
    }

    private static Tuning of(CompletionRequest request, Generation generation) {
        Wishes wishes = request.wishes();
        Effort effort = generation == Generation.EARLY ? null : wishes.effort();
        return new Tuning(
                isThoughtful(effort) ? Sampling.USUAL_ONE : sampling(wishes, generation),
                wishes.stop().stream().filter(words -> !words.isBlank()).toList(),
                effort,
                isHeeded(request, generation));
    }

    private static boolean isThoughtful(@Nullable Effort effort) {
        return effort != null && effort != Effort.NONE && effort != Effort.MINIMAL;
    }

    /** Claude Code itself says a temperature to models of between, which then take no other. */
    private static Sampling sampling(Wishes wishes, Generation generation) {
        Sampling wished = generation.takesSampling() ? Sampling.of(wishes) : Sampling.USUAL_ONE;
        return generation == Generation.EARLY ? wished : new Sampling(wished.temperature(), null);
    }

    /** The latest models cannot be kept from thinking, and the utmost is not to be had of one that must not think. */
    private static boolean isHeeded(CompletionRequest request, Generation generation) {
        Effort wish = request.wishes().effort();
        return switch (generation) {
            case EARLY -> !isThoughtful(wish);
            case FOUR_FIVE -> !isThoughtful(wish) || mayThink(request);
            case FOUR_SIX, UP_TO_FIVE -> wish != Effort.MAX || mayThink(request);
            case LATEST -> wish != Effort.NONE;
        };
    }

    private static boolean mayThink(CompletionRequest request) {
        Integer limit = request.wishes().maxTokens();
        return !request.toolbox().choice().isForced() && (limit == null || limit >= ROOM_TO_THINK);
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
        if (wishes.effort() != null && !effortHeeded) {
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
