package dev.codewise.proxy.agent;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Chooses the agent for a request: in strict turn, skipping those that have no free slot without disturbing the order. */
public final class AgentManager {

    private final AgentDirectory directory;
    private long turn;
    private volatile boolean closed;

    AgentManager(AgentDirectory directory) {
        this.directory = directory;
    }

    /** Takes a slot for the request at the agent that has waited longest for its turn; empty where every slot is taken. */
    synchronized Optional<AgentLink> claim(SlotRequest request) {
        Optional<AgentLink> next = candidates(request)
                .filter(link -> link.work().hasFreeSlot())
                .min(Comparator.comparingLong(link -> link.work().lastTurn()));
        next.ifPresent(link -> link.work().take(request.requestId(), ++turn));
        return next;
    }

    /** Gives the slot of a request back; one that has none, or no longer, is no mistake. */
    void release(String requestId) {
        directory.connected().forEach(link -> link.work().release(requestId));
    }

    /** Whether an agent could take the request at all, busy or not. */
    boolean anyCouldTake(SlotRequest request) {
        return candidates(request).findAny().isPresent();
    }

    /** Lets nobody in any more; what runs goes on. */
    void close() {
        closed = true;
    }

    private Stream<AgentLink> candidates(SlotRequest request) {
        return Stream.of(directory)
                .filter(open -> !closed)
                .flatMap(open -> open.connected().stream())
                .filter(link -> link.profile().offers(request.model()))
                .filter(link -> !request.without().contains(link.id()));
    }

    /** The models that the agents which are connected name; those that name none take any. */
    Set<String> offered() {
        return directory.connected().stream()
                .flatMap(link -> link.profile().models().stream())
                .collect(Collectors.toSet());
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
