package dev.codewise.proxy.agent;

import dev.codewise.protocol.AgentFeature;
import dev.codewise.protocol.AgentMessage.Resume;
import dev.codewise.protocol.ProxyEvent.Resumed;
import dev.codewise.protocol.ProxyEvent.ResumedRun;
import dev.codewise.protocol.RunPosition;
import dev.codewise.proxy.agent.reply.Delivery;
import dev.codewise.proxy.agent.reply.Delivery.Verdict;
import dev.codewise.proxy.agent.reply.ReplyChannel;
import dev.codewise.proxy.agent.reply.Sender;
import java.util.Set;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Brings what an agent runs and what it should run to agreement, after it has connected anew. */
final class Resumption {

    private final Sender sender;
    private final AgentLink link;
    private final ReplyChannel replies;

    Resumption(Sender sender, AgentLink link, ReplyChannel replies) {
        this.sender = sender;
        this.link = link;
        this.replies = replies;
    }

    /** Tells the agent what goes on and what is to stop, and the requests that it does not have that they are lost. */
    Mono<Void> of(Resume resume) {
        Set<String> running =
                resume.running().stream().map(RunPosition::requestId).collect(Collectors.toSet());
        return Flux.fromIterable(running)
                .concatMap(this::fateOf)
                .collectList()
                .doOnNext(fates -> link.send(new Resumed(fates), AgentFeature.RESUME))
                .thenMany(Flux.fromIterable(link.handedOverBefore()))
                .filter(requestId -> !running.contains(requestId))
                .concatMap(requestId -> replies.lost(sender, requestId))
                .then();
    }

    private Mono<ResumedRun> fateOf(String requestId) {
        return replies.probe(sender, requestId).map(delivery -> fate(requestId, delivery));
    }

    private static ResumedRun fate(String requestId, Delivery delivery) {
        return delivery.verdict() == Verdict.ACCEPTED
                ? ResumedRun.from(requestId, delivery.nextSeq())
                : ResumedRun.gone(requestId);
    }
}
