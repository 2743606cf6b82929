package dev.codewise.proxy.agent;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request in search of a slot: for which model, at which agents it has failed already, and which one has its conversation. */
record SlotRequest(
        String requestId,
        String model,
        Set<String> without,
        @Nullable String preferred) {

    SlotRequest {
        without = Set.copyOf(without);
    }

    /** Of a conversation that begins. */
    SlotRequest(String requestId, String model, Set<String> without) {
        this(requestId, model, without, null);
    }
}
