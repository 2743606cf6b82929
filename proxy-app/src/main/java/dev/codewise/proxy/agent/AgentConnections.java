package dev.codewise.proxy.agent;

import dev.codewise.protocol.AgentFeature;
import dev.codewise.protocol.ProxyEvent;
import dev.codewise.protocol.ProxyEvent.Drain;
import dev.codewise.protocol.ProxyEvent.Ping;
import dev.codewise.protocol.ProxyEvent.Replaced;
import dev.codewise.proxy.agent.ingest.AgentRefusal;
import dev.codewise.proxy.agent.ingest.AgentRefusal.Kind;
import dev.codewise.proxy.agent.reply.Assignee;
import dev.codewise.proxy.agent.reply.Sender;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What happens when an agent comes, stays and goes. */
final class AgentConnections {

    private static final Logger LOG = LoggerFactory.getLogger(AgentConnections.class);

    private final AgentDirectory directory;
    private final WaitingLine line;
    private final Welcome welcome;
    private final SilenceWatch watch;
    private final AgentsAway away;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Replacements replacements;
    private volatile boolean draining;

    /** One stream of one agent, which may have had others. */
    private record Connection(AgentLink link, EventStream stream) {}

    AgentConnections(AgentDirectory directory, WaitingLine line, Welcome welcome, Clock clock, LongSupplier nanoTime) {
        this.directory = directory;
        this.line = line;
        this.welcome = welcome;
        this.watch = new SilenceWatch(welcome.link());
        this.away = new AgentsAway(welcome.link().away());
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.replacements = new Replacements(nanoTime);
    }

    /** The events of one connection; the agent is connected for as long as they are subscribed to. */
    Flux<ProxyEvent> connect(AgentProfile profile) {
        return Flux.using(() -> enter(profile), this::eventsFor, this::leave);
    }

    /** Notes a sign of life; a sender that does not say its name, or is not connected, leaves none. */
    void heardFrom(Sender sender) {
        find(sender).ifPresent(this::heard);
    }

    private void heard(AgentLink link) {
        link.work().heardAt(clock.instant());
        if (link.signs().heard()) {
            line.letIn();
        }
    }

    /** The agent that posts, where it is connected or only away for a while. */
    Optional<AgentLink> find(Sender sender) {
        if (sender.agentId() == null) {
            return Optional.empty();
        }
        var who = new Assignee(sender.agentId(), sender.instance());
        return directory
                .find(who.agentId())
                .filter(link -> link.profile().assignee().equals(who))
                .or(() -> away.find(who));
    }

    /** An agent says that it wants nothing new. */
    void drains(AgentLink link) {
        link.drains();
        say(link, "Agent draining, as it said");
    }

    /** Lets nobody in any more, and asks those who can to connect to another proxy, or to this one when it is back. */
    void drain(Drain notice) {
        draining = true;
        directory.connected().forEach(link -> link.send(notice, AgentFeature.DRAIN));
    }

    private synchronized Connection enter(AgentProfile profile) {
        if (draining) {
            throw new AgentRefusal(Kind.DRAINING, "This proxy is stopping; connect again in a moment.");
        }
        Optional<AgentLink> known = known(profile);
        if (known.isEmpty()) {
            refuseToAndFro(profile);
        }
        var stream = new EventStream("c_" + UUID.randomUUID());
        stream.send(welcome.to(profile, stream.connectionId(), known.isPresent(), clock.instant()));
        AgentLink link = known.orElseGet(() -> new AgentLink(profile, stream, clock.instant(), nanoTime));
        known.ifPresent(same -> same.reconnect(profile, stream, clock.instant()));
        away.remove(profile.assignee());
        link.signs().heard();
        directory.enter(link).filter(older -> older != link).ifPresent(AgentConnections::replace);
        say(link, known.isPresent() ? "Agent connected anew" : "Agent connected");
        return new Connection(link, stream);
    }

    private Optional<AgentLink> known(AgentProfile profile) {
        return directory
                .find(profile.id())
                .filter(link -> link.profile().isSameInstanceAs(profile))
                .or(() -> away.find(profile.assignee()));
    }

    private void refuseToAndFro(AgentProfile profile) {
        boolean replaces = directory
                .find(profile.id())
                .filter(link -> link.stream().isOpen())
                .isPresent();
        if (replaces && !replacements.allow(profile.id())) {
            throw new AgentRefusal(
                    Kind.DUPLICATE_ID, "Another agent has just connected under this id; give each agent its own.");
        }
    }

    private static void replace(AgentLink older) {
        LOG.atWarn()
                .addKeyValue("agent", older.id())
                .addKeyValue("connection", older.connectionId())
                .log("Another agent connected under the same id; the older connection is closed");
        older.dismiss(new Replaced("other_instance"));
    }

    private Flux<ProxyEvent> eventsFor(Connection connection) {
        EventStream stream = connection.stream;
        Flux<ProxyEvent> alongside =
                pings().mergeWith(watch.over(connection.link, stream).then(Mono.empty()));
        return stream.events().doOnSubscribe(begun -> line.letIn()).mergeWith(alongside.takeUntilOther(stream.ended()));
    }

    private Flux<ProxyEvent> pings() {
        return Flux.interval(welcome.pingInterval()).onBackpressureDrop().map(tick -> new Ping(clock.millis()));
    }

    private synchronized void leave(Connection connection) {
        AgentLink link = connection.link;
        if (link.stream() != connection.stream) {
            return;
        }
        link.signs().heard();
        if (link.mayComeBack()) {
            away.add(link);
        }
        if (directory.leave(link)) {
            say(link, "Agent gone");
        }
    }

    private static void say(AgentLink link, String what) {
        LOG.atInfo()
                .addKeyValue("agent", link.id())
                .addKeyValue("connection", link.connectionId())
                .log(what);
    }
}
