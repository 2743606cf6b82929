package dev.codewise.proxy.agent;

import dev.codewise.protocol.AgentFeature;
import dev.codewise.protocol.CancelReason;
import dev.codewise.protocol.ProxyEvent.Cancel;
import dev.codewise.protocol.ProxyEvent.RunRequest;
import dev.codewise.proxy.agent.reply.ReplyChannel.Inbox;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** One request in the hands of one agent, from the hand-over to its end, whoever ends it. */
final class AgentRun {

    private final AgentLink agent;
    private final RunRequest request;
    private final Inbox inbox;

    AgentRun(AgentLink agent, RunRequest request, Inbox inbox) {
        this.agent = agent;
        this.request = request;
        this.inbox = inbox;
    }

    Inbox inbox() {
        return inbox;
    }

    Mono<Void> handOver() {
        return Mono.fromSupplier(() -> agent.send(request))
                .filter(sent -> sent)
                .switchIfEmpty(Mono.error(this::unreachable))
                .then();
    }

    /**
     * Completes when the agent will not answer any more: it is away and had said nothing yet, or it was away for too long, or it
     * has come back and knows nothing of what it had begun. What it had not begun it is handed once more.
     */
    Mono<Void> lost(Duration mayBeAway) {
        return Mono.firstWithSignal(
                        agent.away().then(Mono.defer(this::ifUntouched)),
                        agent.gone(mayBeAway),
                        inbox.loss().then(Mono.defer(this::unlessHandedOverAgain)))
                .then(Mono.defer(this::unlessAllIsSaid));
    }

    /** Whoever has said his last word may go; only the client has not read it all. */
    private Mono<Void> unlessAllIsSaid() {
        return inbox.hasEnded() ? Mono.never() : Mono.empty();
    }

    private Mono<Void> ifUntouched() {
        return inbox.isUntouched() ? Mono.empty() : Mono.never();
    }

    private Mono<Void> unlessHandedOverAgain() {
        return inbox.isUntouched() && agent.send(request.again()) ? Mono.never() : Mono.empty();
    }

    Mono<Void> ended() {
        return inbox.hasOverflowed() ? stop(CancelReason.OUTPUT_LIMIT) : close();
    }

    Mono<Void> failed(Throwable failure) {
        return inbox.hasEnded() ? close() : stop(reasonOf(failure));
    }

    Mono<Void> abandoned() {
        return inbox.hasEnded() && !inbox.hasOverflowed() ? close() : stop(CancelReason.CLIENT_DISCONNECTED);
    }

    private static CancelReason reasonOf(Throwable failure) {
        return failure instanceof CompletionException known && known.reason() == Reason.PROVIDER_TIMED_OUT
                ? CancelReason.TIMEOUT
                : CancelReason.SUPERSEDED;
    }

    /** Closed first, so that nothing the agent still says is taken for part of the answer. */
    private Mono<Void> stop(CancelReason reason) {
        return close().doOnSuccess(closed -> agent.send(new Cancel(request.requestId(), reason), AgentFeature.CANCEL));
    }

    private Mono<Void> close() {
        return inbox.close().doOnSuccess(closed -> agent.work().release(request.requestId()));
    }

    private CompletionException unreachable() {
        return new CompletionException(
                Reason.PROVIDER_UNAVAILABLE, "The agent " + agent.id() + " does not read what it is sent.");
    }

    CompletionException wentAway() {
        return new CompletionException(
                Reason.PROVIDER_FAILED, "The agent " + agent.id() + " went away while it was answering.");
    }
}
