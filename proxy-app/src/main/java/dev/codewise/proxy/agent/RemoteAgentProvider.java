package dev.codewise.proxy.agent;

import dev.codewise.protocol.ProxyEvent.RunRequest;
import dev.codewise.proxy.agent.reply.ReplyChannel;
import dev.codewise.proxy.agent.reply.ReplyChannel.Inbox;
import dev.codewise.proxy.completion.Answerer;
import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.Provider;
import dev.codewise.proxy.completion.Wishes;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Answers by way of one of the connected agents. */
final class RemoteAgentProvider implements Provider {

    static final String NAME = "agent";
    private static final int AGENTS_TO_TRY = 3;

    private final WaitingLine line;
    private final ReplyChannel replies;
    private final AgentVocabulary vocabulary;
    private final AgentProperties times;

    RemoteAgentProvider(WaitingLine line, ReplyChannel replies, AgentProperties times) {
        this.line = line;
        this.replies = replies;
        this.vocabulary = new AgentVocabulary(times);
        this.times = times;
    }

    @Override
    public int tries() {
        return AGENTS_TO_TRY;
    }

    @Override
    public Flux<CompletionEvent> complete(CompletionRequest request) {
        return Mono.fromSupplier(() -> vocabulary.toRun(request)).flatMapMany(run -> answered(request, run));
    }

    private Flux<CompletionEvent> answered(CompletionRequest request, RunRequest run) {
        Set<Wishes.Kind> unheeded = TextOnly.unheeded(request.wishes());
        return line.slotFor(slotRequest(request))
                .flatMapMany(agent -> runOn(agent, run, new Taken(new Answerer(NAME, agent.id()), unheeded)))
                .doFinally(end -> line.release(request.id()));
    }

    private static SlotRequest slotRequest(CompletionRequest request) {
        Set<String> without = request.failedAt().stream()
                .flatMap(failed -> Stream.ofNullable(failed.agent()))
                .collect(Collectors.toSet());
        return new SlotRequest(request.id(), request.model(), without);
    }

    /**
     * The inbox opens before the prompt is sent, so that an agent cannot answer too early. However the run ends, the inbox is
     * closed, and the agent's next message is answered with the news that nobody waits for it.
     */
    private Flux<CompletionEvent> runOn(AgentLink agent, RunRequest run, Taken taken) {
        return Flux.usingWhen(
                replies.open(run.requestId(), agent.id()),
                inbox -> handOver(agent, run).<CompletionEvent>thenReturn(taken).concatWith(answer(agent, inbox)),
                Inbox::close);
    }

    /** Messages are asked for one by one, so that no more than one waits between the agent and a client that reads slowly. */
    private Flux<CompletionEvent> answer(AgentLink agent, Inbox inbox) {
        Flux<CompletionEvent> said = inbox.messages()
                .timeout(times.replyTimeout(), Mono.error(this::silent))
                .concatMapIterable(vocabulary::fromRun, 1);
        return Flux.merge(1, said, brokenOff(agent)).takeUntil(Finished.class::isInstance);
    }

    /** Never anything but a failure; merging it, unlike waiting for it, also ends what it breaks off. */
    private Mono<CompletionEvent> brokenOff(AgentLink agent) {
        return Mono.firstWithSignal(
                agent.gone().then(Mono.error(() -> lost(agent))),
                Mono.delay(times.maxDuration()).then(Mono.error(this::overlong)));
    }

    private static Mono<Boolean> handOver(AgentLink agent, RunRequest run) {
        return Mono.fromSupplier(() -> agent.send(run))
                .filter(sent -> sent)
                .switchIfEmpty(Mono.error(() -> unreachable(agent)));
    }

    private CompletionException silent() {
        return new CompletionException(
                Reason.PROVIDER_TIMED_OUT,
                "The agent said nothing for " + times.replyTimeout().toSeconds() + " s.");
    }

    private CompletionException overlong() {
        return new CompletionException(
                        Reason.PROVIDER_TIMED_OUT,
                        "The answer took longer than " + times.maxDuration().toSeconds() + " s.")
                .asFinal();
    }

    private static CompletionException lost(AgentLink agent) {
        return new CompletionException(
                Reason.PROVIDER_FAILED, "The agent " + agent.id() + " went away while it was answering.");
    }

    private static CompletionException unreachable(AgentLink agent) {
        return new CompletionException(
                Reason.PROVIDER_UNAVAILABLE, "The agent " + agent.id() + " does not read what it is sent.");
    }
}
