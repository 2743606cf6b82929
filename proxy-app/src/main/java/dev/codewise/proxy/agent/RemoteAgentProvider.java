package dev.codewise.proxy.agent;

import dev.codewise.protocol.ProxyEvent.RunRequest;
import dev.codewise.proxy.agent.Experience.Lesson;
import dev.codewise.proxy.agent.reply.ReplyChannel;
import dev.codewise.proxy.completion.Answerer;
import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.Provider;
import dev.codewise.proxy.web.RequestId;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;

/** Answers by way of one of the connected agents. */
final class RemoteAgentProvider implements Provider {

    static final String NAME = "agent";
    private static final Logger LOG = LoggerFactory.getLogger(RemoteAgentProvider.class);
    private static final int AGENTS_TO_TRY = 3;

    private final WaitingLine line;
    private final ReplyChannel replies;
    private final Experience experience;
    private final AgentVocabulary vocabulary = new AgentVocabulary();
    private final Supplier<AgentProperties> times;
    private final LinkProperties link;

    RemoteAgentProvider(
            WaitingLine line, ReplyChannel replies, Experience experience, AgentProperties times, LinkProperties link) {
        this(line, replies, experience, () -> times, link);
    }

    /** Each request goes by the times that hold when it begins. */
    RemoteAgentProvider(
            WaitingLine line,
            ReplyChannel replies,
            Experience experience,
            Supplier<AgentProperties> times,
            LinkProperties link) {
        this.line = line;
        this.replies = replies;
        this.experience = experience;
        this.times = times;
        this.link = link;
    }

    @Override
    public int tries() {
        return AGENTS_TO_TRY;
    }

    @Override
    public Flux<CompletionEvent> complete(CompletionRequest request) {
        return complete(request, Set.of());
    }

    @Override
    public Flux<CompletionEvent> complete(CompletionRequest request, Set<Answerer> failed) {
        return Bulk.aside(request, Mono.fromSupplier(() -> prepared(request, failed)))
                .flatMapMany(this::answered);
    }

    /** One request, ready to go to an agent. */
    private record Prepared(Errand errand, Lesson lesson, SlotRequest slot) {}

    private Prepared prepared(CompletionRequest asked, Set<Answerer> failed) {
        CompletionRequest request = failed.isEmpty() ? asked : renamed(asked);
        Errand errand = Errand.of(request, times.get());
        Lesson lesson = experience.of(request);
        return new Prepared(
                errand, lesson, slotRequest(request, failed, lesson.agent().orElse(null)));
    }

    /** At each agent after the first one by a name of its own: what one before still does concerns nothing of this one. */
    private static CompletionRequest renamed(CompletionRequest request) {
        String other = RequestId.next();
        LOG.atInfo()
                .addKeyValue("requestId", request.id())
                .addKeyValue("as", other)
                .log("A request looks for another agent");
        return request.withId(other);
    }

    private Flux<CompletionEvent> answered(Prepared request) {
        return line.slotFor(request.slot)
                .flatMapMany(agent -> request.lesson.learntFrom(agent, runOn(agent, request.errand, request.lesson)))
                .doFinally(end -> line.release(request.slot.requestId()));
    }

    private static SlotRequest slotRequest(
            CompletionRequest request, Set<Answerer> failed, @Nullable String preferred) {
        Set<String> without =
                failed.stream().flatMap(who -> Stream.ofNullable(who.agent())).collect(Collectors.toSet());
        String owner = request.origin().client().owner();
        return new SlotRequest(request.id(), owner, request.model(), Needs.of(request), without, preferred);
    }

    private Flux<CompletionEvent> runOn(AgentLink agent, Errand errand, Lesson lesson) {
        var taken = new Taken(new Answerer(NAME, agent.id()), errand.unheededBy(agent.profile()));
        RunRequest run = errand.to(agent.profile(), lesson.parkedAt(agent).orElse(null));
        return runOn(agent, run, taken, lesson);
    }

    /**
     * The inbox opens before the prompt is sent, so that an agent cannot answer too early. However the run ends, the inbox is
     * closed, and the agent's next message is answered with the news that nobody waits for it; if it did not end it itself, the
     * agent is told at once.
     */
    private Flux<CompletionEvent> runOn(AgentLink agent, RunRequest run, Taken taken, Lesson lesson) {
        return Flux.usingWhen(
                replies.open(run.requestId(), agent.profile().assignee()).map(inbox -> new AgentRun(agent, run, inbox)),
                begun -> begun.handOver().<CompletionEvent>thenReturn(taken).concatWith(answer(begun, taken, lesson)),
                AgentRun::ended,
                AgentRun::failed,
                AgentRun::abandoned);
    }

    /**
     * Messages are asked for one by one, so that no more than one waits between the agent and a client that reads slowly. What the
     * agent says of its failure waits for those before it; what ends the run from outside does not.
     */
    private Flux<CompletionEvent> answer(AgentRun run, Taken taken, Lesson lesson) {
        Flux<CompletionEvent> said = run.inbox()
                .messages()
                .doOnNext(lesson::hears)
                .concatMapIterable(message -> vocabulary.fromRun(message, taken), 1);
        return Flux.merge(1, said.materialize(), brokenOff(run))
                .<CompletionEvent>dematerialize()
                .takeUntil(Finished.class::isInstance);
    }

    /** Never anything but a failure; merging it, unlike waiting for it, also ends what it breaks off. */
    private Mono<Signal<CompletionEvent>> brokenOff(AgentRun run) {
        AgentProperties now = times.get();
        return Mono.firstWithSignal(
                run.lost(link.away()).then(Mono.error(run::wentAway)),
                run.inbox().silence(now.replyTimeout()).then(Mono.error(() -> silent(now))),
                run.inbox().neglect(link.neglect()).then(Mono.error(this::neglected)),
                Mono.delay(now.maxDuration()).then(Mono.error(() -> overlong(now))));
    }

    private static CompletionException silent(AgentProperties times) {
        return new CompletionException(
                Reason.PROVIDER_TIMED_OUT,
                "The agent said nothing for " + times.replyTimeout().toSeconds() + " s.");
    }

    private CompletionException neglected() {
        return new CompletionException(
                        Reason.PROVIDER_FAILED,
                        "Nobody read the answer for " + link.neglect().toSeconds() + " s.")
                .asFinal();
    }

    private static CompletionException overlong(AgentProperties times) {
        return new CompletionException(
                        Reason.PROVIDER_TIMED_OUT,
                        "The answer took longer than " + times.maxDuration().toSeconds() + " s.")
                .asFinal();
    }
}
