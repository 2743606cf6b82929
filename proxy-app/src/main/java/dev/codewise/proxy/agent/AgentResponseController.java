package dev.codewise.proxy.agent;

import dev.codewise.protocol.Protocol;
import dev.codewise.protocol.Receipt;
import dev.codewise.protocol.RunMessage;
import dev.codewise.proxy.agent.ingest.AgentRefusal;
import dev.codewise.proxy.agent.ingest.AgentRefusal.Kind;
import dev.codewise.proxy.agent.ingest.MessageReader;
import dev.codewise.proxy.agent.reply.ReplyChannel;
import dev.codewise.proxy.agent.reply.ReplyChannel.Delivery;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Takes what agents post and brings it to the requests that wait for it. */
@RestController
class AgentResponseController {

    private final MessageReader reader;
    private final AgentConnections connections;
    private final ReplyChannel replies;

    AgentResponseController(MessageReader reader, AgentConnections connections, ReplyChannel replies) {
        this.reader = reader;
        this.connections = connections;
        this.replies = replies;
    }

    /** The entity is not a detail: what a writer still waits for, it also discards, and so would free a refused body twice. */
    @PostMapping(
            path = Protocol.RESPONSE_PATH,
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Receipt>> post(ServerHttpRequest request) {
        String sender = new AgentHeaders(request.getHeaders()).agentId().orElse(null);
        return reader.read(request)
                .doOnNext(message -> connections.heardFrom(sender))
                .flatMap(message -> deliver(sender, message))
                .map(ResponseEntity::ok);
    }

    private Mono<Receipt> deliver(@Nullable String sender, RunMessage message) {
        return replies.deliver(sender, message).map(AgentResponseController::receiptFor);
    }

    private static Receipt receiptFor(Delivery delivery) {
        return switch (delivery) {
            case ACCEPTED -> Receipt.ACCEPTED;
            case UNKNOWN ->
                throw new AgentRefusal(Kind.UNKNOWN_REQUEST, "Nobody waits for this request: stop working on it.");
            case TOO_FAST ->
                throw new AgentRefusal(Kind.TOO_FAST, "Wait for the answer to a message before posting the next one.");
            case TOO_LONG ->
                throw new AgentRefusal(
                        Kind.TOO_LARGE, "The answer is longer than " + Protocol.MAX_OUTPUT_BYTES + " characters.");
        };
    }
}
