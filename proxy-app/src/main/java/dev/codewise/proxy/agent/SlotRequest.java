package dev.codewise.proxy.agent;

import java.util.Set;

/** A request in search of a slot: for which model, and at which agents it has failed already. */
record SlotRequest(String requestId, String model, Set<String> without) {

    SlotRequest {
        without = Set.copyOf(without);
    }
}
