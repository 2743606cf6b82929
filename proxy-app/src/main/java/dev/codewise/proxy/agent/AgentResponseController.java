package dev.codewise.proxy.agent;

import dev.codewise.protocol.AgentMessage;
import dev.codewise.protocol.Receipt;
import dev.codewise.protocol.RunMessage;
import dev.codewise.proxy.agent.ingest.PostReader;
import dev.codewise.proxy.agent.reply.ReplyChannel;
import dev.codewise.proxy.agent.reply.Sender;
import java.util.List;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Takes what agents post and brings it to the requests that wait for it. */
final class AgentResponseController {

    private final PostReader reader;
    private final AgentConnections connections;
    private final Roster roster;
    private final ReplyChannel replies;
    private final PostRates rates;

    AgentResponseController(
            PostReader reader, AgentConnections connections, Roster roster, ReplyChannel replies, PostRates rates) {
        this.reader = reader;
        this.connections = connections;
        this.roster = roster;
        this.replies = replies;
        this.rates = rates;
    }

    /** One message, or a batch of them. */
    Mono<Receipt> post(ServerWebExchange exchange) {
        Sender sender = AgentHeaders.of(exchange).sender();
        return reader.read(exchange.getRequest()).flatMap(messages -> accept(sender, messages));
    }

    private Mono<Receipt> accept(Sender sender, List<? extends AgentMessage> messages) {
        connections.heardFrom(sender);
        rates.take(sender, messages.size());
        var intake = new Intake(sender, roster, replies);
        return messages.size() == 1
                ? messages.get(0).reach(intake)
                : Flux.fromIterable(messages)
                        .concatMap(message -> message.reach(intake), 1)
                        .reduce(AgentResponseController::together);
    }

    /** Where the run is after both; nothing was new only if nothing of either was. */
    private static Receipt together(Receipt earlier, Receipt later) {
        boolean duplicates = Boolean.TRUE.equals(earlier.duplicate()) && Boolean.TRUE.equals(later.duplicate());
        return new Receipt(
                true, null, later.nextSeq(), later.duplicate() == null ? null : duplicates, later.cancelled());
    }

    /** The messages of one run as they come, until its last one; who sends faster than he may is read more slowly. */
    Mono<Receipt> stream(ServerWebExchange exchange) {
        var headers = AgentHeaders.of(exchange);
        Sender sender = headers.sender();
        String requestId = headers.requestId();
        var intake = new Intake(sender, roster, replies);
        return reader.readLines(requestId, exchange.getRequest())
                .doOnNext(message -> connections.heardFrom(sender))
                .concatMap(message -> rates.inTurn(sender, taken(intake, message)), 1)
                .takeUntil(taken -> taken.message.endsRun())
                .map(Taken::receipt)
                .takeLast(1)
                .singleOrEmpty()
                .switchIfEmpty(Mono.defer(() -> intake.probe(new AgentMessage.Probe(requestId))));
    }

    private static Mono<Taken> taken(Intake intake, RunMessage message) {
        return intake.run(message).map(receipt -> new Taken(message, receipt));
    }

    private record Taken(RunMessage message, Receipt receipt) {}
}
