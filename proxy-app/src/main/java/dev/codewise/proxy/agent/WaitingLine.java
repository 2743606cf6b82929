package dev.codewise.proxy.agent;

import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * The requests that wait for a free slot, first come first served, no more and no longer than allowed; and where there are too many,
 * no owner has more than a fair share of the line.
 */
final class WaitingLine {

    private static final Duration SOON = Duration.ofSeconds(2);

    private final AgentManager agents;
    private final Supplier<Bounds> bounds;
    private final Consumer<Duration> waited;
    private final Set<Waiting> line = new LinkedHashSet<>();

    /** How many may wait, and how long. */
    record Bounds(int limit, Duration longest) {}

    WaitingLine(AgentManager agents, int limit, Duration longest) {
        this(agents, () -> new Bounds(limit, longest), nobodyCounts -> {});
    }

    /** Tells how long each one waited that got a slot, which need not be any time at all. */
    WaitingLine(AgentManager agents, Supplier<Bounds> bounds, Consumer<Duration> waited) {
        this.agents = agents;
        this.bounds = bounds;
        this.waited = waited;
    }

    /** An agent with a slot taken for the request, at once or when one is free; {@link #release} gives it back, however it ends. */
    Mono<AgentLink> slotFor(SlotRequest request) {
        return Mono.defer(() -> timed(request, System.nanoTime()));
    }

    private Mono<AgentLink> timed(SlotRequest request, long since) {
        return Mono.<AgentLink>create(turn -> join(new Waiting(request, turn)))
                .doOnNext(agent -> waited.accept(Duration.ofNanos(System.nanoTime() - since)))
                .timeout(bounds.get().longest(), Mono.error(() -> stillNobody(request)));
    }

    /** Gives back what the request has, if it has anything, and lets the next ones in. */
    void release(String requestId) {
        agents.release(requestId);
        letIn();
    }

    /** To be called also when an agent has come. */
    void letIn() {
        for (Optional<Admitted> next = admitted(); next.isPresent(); next = admitted()) {
            next.get().tell(agents);
        }
    }

    int limit() {
        return bounds.get().limit();
    }

    synchronized int length() {
        return line.size();
    }

    private void join(Waiting waiting) {
        waiting.turn.onCancel(() -> leave(waiting));
        Optional<AgentLink> free = freeFor(waiting);
        if (free.isPresent()) {
            new Admitted(waiting, free.get()).tell(agents);
        } else if (!agents.anyCouldTake(waiting.request)) {
            waiting.turn.error(agents.absence(waiting.request));
        } else {
            tooManyWith(waiting).ifPresent(one -> one.turn.error(allBusy()));
            letIn();
        }
    }

    /** Who waits in the line goes first wherever he could, also before one that comes just when a slot is free. */
    private synchronized Optional<AgentLink> freeFor(Waiting waiting) {
        List<SlotRequest> before = line.stream().map(other -> other.request).toList();
        return agents.claim(waiting.request, before);
    }

    /** Who cannot stay in the line now that another one has come, which may be that one. */
    private synchronized Optional<Waiting> tooManyWith(Waiting newcomer) {
        if (newcomer.abandoned
                || (line.add(newcomer) && line.size() <= bounds.get().limit())) {
            return Optional.empty();
        }
        SlotRequest leaving =
                FairShare.tooMuch(line.stream().map(other -> other.request).toList());
        Optional<Waiting> one =
                line.stream().filter(other -> leaving.equals(other.request)).findFirst();
        one.ifPresent(line::remove);
        return one;
    }

    private synchronized void leave(Waiting waiting) {
        waiting.abandoned = true;
        line.remove(waiting);
    }

    private synchronized Optional<Admitted> admitted() {
        List<SlotRequest> before = new ArrayList<>();
        for (Waiting waiting : line) {
            Optional<AgentLink> agent = agents.claim(waiting.request, before);
            if (agent.isPresent()) {
                line.remove(waiting);
                return Optional.of(new Admitted(waiting, agent.get()));
            }
            before.add(waiting.request);
        }
        return Optional.empty();
    }

    /** Those that were busy may have gone meanwhile. */
    private CompletionException stillNobody(SlotRequest request) {
        return agents.anyCouldTake(request) ? allBusy() : agents.absence(request);
    }

    private static CompletionException allBusy() {
        return new CompletionException(
                        Reason.PROVIDER_UNAVAILABLE, "Every slot of the connected agents is taken; try again soon.")
                .retryAfter(SOON);
    }

    private static final class Waiting {

        private final SlotRequest request;
        private final MonoSink<AgentLink> turn;
        private volatile boolean abandoned;

        Waiting(SlotRequest request, MonoSink<AgentLink> turn) {
            this.request = request;
            this.turn = turn;
        }
    }

    /** One that has its slot; told outside the lock, because hearing it starts the run. */
    private record Admitted(Waiting waiting, AgentLink agent) {

        /** One that left in this very moment may have looked for its slot before it had it. */
        void tell(AgentManager agents) {
            if (waiting.abandoned) {
                agents.release(waiting.request.requestId());
            }
            waiting.turn.success(agent);
        }
    }
}
