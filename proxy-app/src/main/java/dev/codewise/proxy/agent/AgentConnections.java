package dev.codewise.proxy.agent;

import dev.codewise.protocol.Protocol;
import dev.codewise.protocol.ProxyEvent;
import dev.codewise.protocol.ProxyEvent.Connected;
import dev.codewise.protocol.ProxyEvent.Limits;
import dev.codewise.protocol.ProxyEvent.Ping;
import dev.codewise.protocol.ProxyEvent.Replaced;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

/** What happens when an agent comes, stays and goes. */
final class AgentConnections {

    private static final Logger LOG = LoggerFactory.getLogger(AgentConnections.class);
    private static final Limits LIMITS =
            new Limits(Protocol.MAX_MESSAGE_BYTES, Protocol.MAX_CHUNK_CHARS, Protocol.MAX_OUTPUT_BYTES);

    private final AgentDirectory directory;
    private final WaitingLine line;
    private final AgentProperties times;
    private final Clock clock;

    AgentConnections(AgentDirectory directory, WaitingLine line, AgentProperties times, Clock clock) {
        this.directory = directory;
        this.line = line;
        this.times = times;
        this.clock = clock;
    }

    /** The events of one connection; the agent is connected for as long as they are subscribed to. */
    Flux<ProxyEvent> connect(AgentProfile profile) {
        return Flux.using(() -> enter(profile), this::eventsFor, this::leave);
    }

    /** Notes a sign of life; a sender that does not say its name, or is not connected, leaves none. */
    void heardFrom(@Nullable String agentId) {
        Optional.ofNullable(agentId)
                .flatMap(directory::find)
                .ifPresent(link -> link.work().heardAt(clock.instant()));
    }

    private AgentLink enter(AgentProfile profile) {
        var link = new AgentLink(profile, "c_" + UUID.randomUUID(), clock.instant());
        link.send(welcome(link));
        directory.enter(link).ifPresent(AgentConnections::replace);
        LOG.atInfo()
                .addKeyValue("agent", link.id())
                .addKeyValue("connection", link.connectionId())
                .log("Agent connected");
        return link;
    }

    private static void replace(AgentLink older) {
        LOG.atWarn()
                .addKeyValue("agent", older.id())
                .addKeyValue("connection", older.connectionId())
                .log("Another agent connected under the same id; the older connection is closed");
        older.dismiss(new Replaced("other_instance"));
    }

    private Flux<ProxyEvent> eventsFor(AgentLink link) {
        return link.events().doOnSubscribe(begun -> line.letIn()).mergeWith(pings().takeUntilOther(link.gone()));
    }

    private Flux<ProxyEvent> pings() {
        return Flux.interval(times.pingInterval()).onBackpressureDrop().map(tick -> new Ping(clock.millis()));
    }

    private void leave(AgentLink link) {
        if (directory.leave(link)) {
            LOG.atInfo()
                    .addKeyValue("agent", link.id())
                    .addKeyValue("connection", link.connectionId())
                    .log("Agent gone");
        }
    }

    private Connected welcome(AgentLink link) {
        return new Connected(
                link.id(),
                link.connectionId(),
                Protocol.VERSION,
                clock.instant(),
                times.pingInterval().toMillis(),
                times.replyTimeout().toMillis(),
                LIMITS);
    }
}
