package dev.codewise.proxy.agent;

import dev.codewise.protocol.AgentFeature;
import dev.codewise.protocol.ProxyEvent;
import dev.codewise.protocol.ProxyEvent.Notice;
import dev.codewise.protocol.ProxyEvent.Notice.Standing;
import dev.codewise.proxy.access.Badge;
import dev.codewise.proxy.agent.ingest.Allowance;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.LongSupplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One agent as it is connected here: what it says of itself, what it does, and the stream on which it is spoken to.
 *
 * <p>An agent of level 0 is gone with its stream. One of level 1 may come back on another stream and is still the same; while it
 * is away its runs go on, for it can post.
 */
final class AgentLink {

    private final AgentWork work;
    private final SignsOfLife signs;
    private final Allowance allowance;
    private volatile AgentProfile profile;
    private volatile EventStream stream;
    private volatile Instant connectedAt;
    private volatile Set<String> handedOverBefore = Set.of();
    private volatile boolean drained;
    private volatile boolean drains;
    private volatile boolean dismissed;

    AgentLink(AgentProfile profile, String connectionId, Instant connectedAt) {
        this(profile, new EventStream(connectionId), connectedAt, System::nanoTime);
    }

    AgentLink(AgentProfile profile, EventStream stream, Instant connectedAt, LongSupplier nanoTime) {
        this.profile = profile;
        this.stream = stream;
        this.connectedAt = connectedAt;
        this.work = new AgentWork(profile.slots(), connectedAt);
        this.signs = new SignsOfLife(nanoTime);
        this.allowance = new Allowance(nanoTime);
    }

    String id() {
        return profile.id();
    }

    AgentProfile profile() {
        return profile;
    }

    String connectionId() {
        return stream.connectionId();
    }

    Instant connectedAt() {
        return connectedAt;
    }

    /** Whose agent it is. */
    Badge badge() {
        return stream.badge();
    }

    AgentWork work() {
        return work;
    }

    SignsOfLife signs() {
        return signs;
    }

    /** How fast it may post. */
    Allowance allowance() {
        return allowance;
    }

    EventStream stream() {
        return stream;
    }

    Flux<ProxyEvent> events() {
        return stream.events();
    }

    boolean send(ProxyEvent event) {
        return stream.send(event);
    }

    /** Speaks of what only agents of level 1 understand, to those that do. */
    void send(ProxyEvent event, AgentFeature needed) {
        if (profile.can(needed)) {
            stream.send(event);
        }
    }

    /** The same agent on another stream; the one before ends without a word. */
    void reconnect(AgentProfile newest, EventStream other, Instant now) {
        EventStream before = stream;
        handedOverBefore = work.requests();
        profile = newest;
        connectedAt = now;
        stream = other;
        work.offer(newest.slots());
        before.close();
    }

    /** What it was handed before its present connection, so that it should say that it has it. */
    Set<String> handedOverBefore() {
        return handedOverBefore;
    }

    AgentState state() {
        if (!stream.isOpen()) {
            return AgentState.GONE;
        }
        if (signs.isMissed()) {
            return AgentState.SUSPECT;
        }
        return drained || drains ? AgentState.DRAINING : AgentState.ACTIVE;
    }

    /** An operator wants it to take nothing new; what it runs goes on. */
    void drain(String reason) {
        drained = true;
        stream.send(new Notice(Standing.DRAINING, reason));
    }

    /** An operator lets it take requests again. */
    void resume() {
        drained = false;
        stream.send(new Notice(Standing.ACTIVE, null));
    }

    /** The agent itself wants nothing new. */
    void drains() {
        drains = true;
    }

    /** An operator sends it away, whatever it runs. */
    void disconnect(String reason) {
        dismissed = true;
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

    boolean mayComeBack() {
        return profile.speaksLevel1() && !dismissed;
    }

    /** Completes when nobody reads what is sent, though the agent may come back. */
    Mono<Void> away() {
        return Mono.defer(() -> stream.ended()).then(Mono.defer(() -> stream.isOpen() ? away() : Mono.empty()));
    }

    /** Completes when the agent is lost: it is away, and for as long as it may be it was not heard of either. */
    Mono<Void> gone(Duration mayBeAway) {
        return away().then(Mono.defer(() -> awaited(mayBeAway)));
    }

    private Mono<Void> awaited(Duration mayBeAway) {
        if (stream.isOpen()) {
            return gone(mayBeAway);
        }
        Duration left = mayComeBack() ? mayBeAway.minus(signs.quiet()) : Duration.ZERO;
        return left.isNegative() || left.isZero()
                ? Mono.empty()
                : Mono.delay(left).then(Mono.defer(() -> awaited(mayBeAway)));
    }
}
