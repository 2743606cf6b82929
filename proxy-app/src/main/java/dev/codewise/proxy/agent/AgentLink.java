package dev.codewise.proxy.agent;

import dev.codewise.protocol.ProxyEvent;
import java.time.Instant;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One live connection of one agent. */
final class AgentLink {

    private final AgentProfile profile;
    private final String connectionId;
    private final Instant connectedAt;
    private final AgentWork work;
    private final EventStream stream = new EventStream();

    AgentLink(AgentProfile profile, String connectionId, Instant connectedAt) {
        this.profile = profile;
        this.connectionId = connectionId;
        this.connectedAt = connectedAt;
        this.work = new AgentWork(profile.slots(), connectedAt);
    }

    String id() {
        return profile.id();
    }

    AgentProfile profile() {
        return profile;
    }

    String connectionId() {
        return connectionId;
    }

    Instant connectedAt() {
        return connectedAt;
    }

    AgentWork work() {
        return work;
    }

    Flux<ProxyEvent> events() {
        return stream.events();
    }

    boolean send(ProxyEvent event) {
        return stream.send(event);
    }

    /** Says a last word and ends the connection. */
    void dismiss(ProxyEvent lastWord) {
        stream.send(lastWord);
        stream.close();
    }

    void close() {
        stream.close();
    }

    /** Completes when the connection is over. */
    Mono<Void> gone() {
        return stream.ended();
    }
}
