package dev.codewise.proxy.agent;

import dev.codewise.proxy.completion.CompletionException.Feature;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request in search of a slot: whose, for which model, what an agent must be able to take for it, at which ones it has failed already,
 * and which one has its conversation.
 */
record SlotRequest(
        String requestId,
        String owner,
        String model,
        Set<Feature> needs,
        Set<String> without,
        @Nullable String preferred) {

    SlotRequest {
        needs = Set.copyOf(needs);
        without = Set.copyOf(without);
    }

    /** Of a conversation in words that begins, and of nobody in particular. */
    SlotRequest(String requestId, String model, Set<String> without) {
        this(requestId, "somebody", model, Set.of(), without, null);
    }
}
