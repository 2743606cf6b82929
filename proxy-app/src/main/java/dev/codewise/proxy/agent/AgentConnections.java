package dev.codewise.proxy.agent;

import dev.codewise.protocol.ProxyEvent;
import dev.codewise.protocol.ProxyEvent.Ping;
import dev.codewise.proxy.access.Badge;
import dev.codewise.proxy.agent.reply.Sender;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The connections of agents while they last: what is said on them, and what is heard of those at their other end. */
final class AgentConnections {

    private final Roster roster;
    private final WaitingLine line;
    private final Welcome welcome;
    private final SilenceWatch silence;
    private final BadgeWatch badges;
    private final Clock clock;

    /** One stream of one agent, which may have had others. */
    private record Connection(AgentLink link, EventStream stream) {}

    AgentConnections(Roster roster, WaitingLine line, Welcome welcome, BadgeWatch badges, Clock clock) {
        this.roster = roster;
        this.line = line;
        this.welcome = welcome;
        this.silence = new SilenceWatch(welcome.link());
        this.badges = badges;
        this.clock = clock;
    }

    /** The events of one connection; the agent is connected for as long as they are subscribed to. */
    Flux<ProxyEvent> connect(AgentProfile profile, Badge badge) {
        return Flux.using(() -> enter(profile, badge), this::eventsFor, this::leave);
    }

    private Connection enter(AgentProfile profile, Badge badge) {
        Instant now = clock.instant();
        var stream = new EventStream("c_" + UUID.randomUUID(), badge);
        AgentLink link = roster.enter(
                profile,
                stream,
                now,
                known -> stream.send(welcome.to(profile, stream.connectionId(), known.isPresent(), now)));
        return new Connection(link, stream);
    }

    private void leave(Connection connection) {
        roster.leave(connection.link, connection.stream);
    }

    private Flux<ProxyEvent> eventsFor(Connection connection) {
        EventStream stream = connection.stream;
        Mono<Void> watched = Mono.when(silence.over(connection.link, stream), badges.over(connection.link, stream));
        Flux<ProxyEvent> alongside = pings().mergeWith(watched.then(Mono.empty()));
        return stream.events().doOnSubscribe(begun -> line.letIn()).mergeWith(alongside.takeUntilOther(stream.ended()));
    }

    private Flux<ProxyEvent> pings() {
        return Flux.interval(welcome.pingInterval()).onBackpressureDrop().map(tick -> new Ping(clock.millis()));
    }

    /** Notes a sign of life; a sender that does not say its name, or is not connected, leaves none. */
    void heardFrom(Sender sender) {
        roster.find(sender).ifPresent(this::heard);
    }

    private void heard(AgentLink link) {
        link.work().heardAt(clock.instant());
        if (link.signs().heard()) {
            line.letIn();
        }
    }
}
