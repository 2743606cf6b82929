package dev.codewise.proxy.agent;

import dev.codewise.protocol.ProxyEvent;
import dev.codewise.protocol.ProxyEvent.Notice;
import dev.codewise.protocol.ProxyEvent.Notice.Standing;
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
    private volatile boolean draining;

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

    AgentState state() {
        if (stream.isEnded()) {
            return AgentState.GONE;
        }
        return draining ? AgentState.DRAINING : AgentState.ACTIVE;
    }

    /** An operator wants it to take nothing new; what it runs goes on. */
    void drain(String reason) {
        draining = true;
        stream.send(new Notice(Standing.DRAINING, reason));
    }

    /** An operator lets it take requests again. */
    void resume() {
        draining = false;
        stream.send(new Notice(Standing.ACTIVE, null));
    }

    /** An operator sends it away, whatever it runs. */
    void disconnect(String reason) {
        dismiss(new Notice(Standing.DISCONNECTED, reason));
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
