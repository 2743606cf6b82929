package dev.codewise.proxy.agent;

import java.util.Comparator;
import java.util.Optional;

/** Chooses the agent for a request: in strict turn, skipping those that have no free slot without disturbing the order. */
public final class AgentManager {

    private final AgentDirectory directory;
    private long turn;

    AgentManager(AgentDirectory directory) {
        this.directory = directory;
    }

    /** Takes a slot for the request at the agent that has waited longest for its turn; empty where every slot is taken. */
    synchronized Optional<AgentLink> claim(String requestId, String model) {
        Optional<AgentLink> next = directory.connected().stream()
                .filter(link -> link.profile().offers(model))
                .filter(link -> link.work().hasFreeSlot())
                .min(Comparator.comparingLong(link -> link.work().lastTurn()));
        next.ifPresent(link -> link.work().take(requestId, ++turn));
        return next;
    }

    /** Gives the slot of a request back; one that has none, or no longer, is no mistake. */
    void release(String requestId) {
        directory.connected().forEach(link -> link.work().release(requestId));
    }

    /** Whether an agent offers the model at all, busy or not. */
    boolean anyOffers(String model) {
        return directory.connected().stream().anyMatch(link -> link.profile().offers(model));
    }

    /** How many agents are connected. */
    public int connected() {
        return directory.connected().size();
    }

    int running() {
        return directory.connected().stream()
                .mapToInt(link -> link.work().running())
                .sum();
    }
}
