package dev.codewise.proxy.agent;

import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Chooses the agent for a request: the one that has its conversation, else in strict turn; those that cannot take it are skipped
 * without disturbing the order.
 */
public final class AgentManager {

    private static final Duration SOON = Duration.ofSeconds(2);

    private final AgentDirectory directory;
    private final CoolDowns coolDowns;
    private long turn;
    private volatile boolean closed;

    AgentManager(AgentDirectory directory, CoolDowns coolDowns) {
        this.directory = directory;
        this.coolDowns = coolDowns;
    }

    /**
     * Takes a slot for the request; empty where every slot of those that could take it is taken, or is for others that came
     * before it.
     */
    synchronized Optional<AgentLink> claim(SlotRequest request, Collection<SlotRequest> before) {
        List<AgentLink> free = candidates(request)
                .filter(link -> link.work().hasFreeSlot())
                .filter(link -> before.stream().noneMatch(other -> couldTake(link, other)))
                .toList();
        Optional<AgentLink> same = free.stream()
                .filter(link -> link.id().equals(request.preferred()))
                .findFirst();
        same.ifPresent(link -> link.work().take(request.requestId()));
        return same.isPresent() ? same : inTurn(free, request);
    }

    /** The one that has waited longest for its turn. A conversation that goes on at its agent is no turn of that one. */
    private Optional<AgentLink> inTurn(List<AgentLink> free, SlotRequest request) {
        Optional<AgentLink> next =
                free.stream().min(Comparator.comparingLong(link -> link.work().lastTurn()));
        next.ifPresent(link -> link.work().takeInTurn(request.requestId(), ++turn));
        return next;
    }

    /** Gives the slot of a request back; one that has none, or no longer, is no mistake. */
    void release(String requestId) {
        directory.connected().forEach(link -> link.work().release(requestId));
    }

    private boolean couldTake(AgentLink link, SlotRequest request) {
        return candidates(request).anyMatch(link::equals);
    }

    /** Whether an agent could take the request at all, busy or not. */
    boolean anyCouldTake(SlotRequest request) {
        return candidates(request).findAny().isPresent();
    }

    /** Why {@link #anyCouldTake none could}. */
    CompletionException absence(SlotRequest request) {
        return closed
                ? new CompletionException(Reason.PROVIDER_UNAVAILABLE, "This proxy is stopping.").retryAfter(SOON)
                : new Absence(reachedBy(request.owner()).toList(), request).failure();
    }

    /** Lets nobody in any more; what runs goes on. */
    void close() {
        closed = true;
    }

    /** Who is left alone for a while is skipped, unless there is nobody else. */
    private Stream<AgentLink> candidates(SlotRequest request) {
        List<AgentLink> able = closed ? List.of() : able(request);
        List<AgentLink> fit =
                able.stream().filter(link -> !coolDowns.isLeftAlone(link.id())).toList();
        return (fit.isEmpty() ? able : fit)
                .stream().filter(link -> !request.without().contains(link.id()));
    }

    private List<AgentLink> able(SlotRequest request) {
        return reachedBy(request.owner())
                .filter(link -> link.state() == AgentState.ACTIVE)
                .filter(link -> link.profile().offers(request.model()))
                .filter(link -> link.profile().takes(request.needs()))
                .toList();
    }

    /** An owner's agents, and those that work for everybody; all others are as if they were not there. */
    private Stream<AgentLink> reachedBy(String owner) {
        return directory.connected().stream().filter(link -> link.badge().serves(owner));
    }

    /** The models that the agents which are connected and work for this owner name; those that name none take any. */
    Set<String> offered(String owner) {
        return reachedBy(owner)
                .flatMap(link -> link.profile().models().stream())
                .collect(Collectors.toSet());
    }

    /** How many agents are connected. */
    public int connected() {
        return directory.connected().size();
    }

    long inState(AgentState state) {
        return directory.connected().stream()
                .filter(link -> link.state() == state)
                .count();
    }

    long leftAlone() {
        return directory.connected().stream()
                .filter(link -> coolDowns.isLeftAlone(link.id()))
                .count();
    }

    int running() {
        return directory.connected().stream()
                .mapToInt(link -> link.work().running())
                .sum();
    }
}
