package dev.codewise.proxy.agent;

import dev.codewise.protocol.AgentFeature;
import dev.codewise.protocol.ProxyEvent.Drain;
import dev.codewise.protocol.ProxyEvent.Replaced;
import dev.codewise.proxy.agent.ingest.AgentRefusal;
import dev.codewise.proxy.agent.ingest.AgentRefusal.Kind;
import dev.codewise.proxy.agent.reply.Assignee;
import dev.codewise.proxy.agent.reply.Sender;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is connected, who is away and may come back, and who is not let in. */
final class Roster {

    private static final Logger LOG = LoggerFactory.getLogger(Roster.class);

    private final AgentDirectory directory;
    private final StandingOrders orders;
    private final AgentsAway away;
    private final LongSupplier nanoTime;
    private final Replacements replacements;
    private boolean closed;

    Roster(AgentDirectory directory, StandingOrders orders, Duration longestAway, LongSupplier nanoTime) {
        this.directory = directory;
        this.orders = orders;
        this.away = new AgentsAway(longestAway);
        this.nanoTime = nanoTime;
        this.replacements = new Replacements(nanoTime);
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

    /**
     * Lets an agent in on this stream, as the one it was before where it is known. It is greeted before anybody else can speak to
     * it; an operator's order that still holds is the next it hears.
     */
    synchronized AgentLink enter(
            AgentProfile profile, EventStream stream, Instant now, Consumer<Optional<AgentLink>> greeting) {
        Optional<AgentLink> known = known(profile);
        refuseWhereItMustNotBe(profile, known);
        greeting.accept(known);
        AgentLink link = known.orElseGet(() -> new AgentLink(profile, stream, now, nanoTime));
        known.ifPresent(same -> same.reconnect(profile, stream, now));
        orders.reasonToDrain(profile.id()).ifPresent(link::drain);
        away.remove(profile.assignee());
        link.signs().heard();
        directory.enter(link).filter(older -> older != link).ifPresent(Roster::replace);
        say(link, known.isPresent() ? "Agent connected anew" : "Agent connected");
        return link;
    }

    private Optional<AgentLink> known(AgentProfile profile) {
        return directory
                .find(profile.id())
                .filter(link -> link.profile().isSameInstanceAs(profile))
                .or(() -> away.find(profile.assignee()));
    }

    private void refuseWhereItMustNotBe(AgentProfile profile, Optional<AgentLink> known) {
        if (closed) {
            throw new AgentRefusal(Kind.DRAINING, "This proxy is stopping; connect again in a moment.");
        }
        boolean replaces = directory
                .find(profile.id())
                .filter(link -> link.stream().isOpen())
                .filter(link -> link != known.orElse(null))
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

    /** This stream of it is over; nothing happens where it has another one already. */
    synchronized void leave(AgentLink link, EventStream stream) {
        if (link.stream() != stream) {
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

    /** An agent says that it wants nothing new. */
    void drains(AgentLink link) {
        link.drains();
        say(link, "Agent draining, as it said");
    }

    /** Lets nobody in any more, and asks those who can to connect to another proxy, or to this one when it is back. */
    synchronized void close(Drain notice) {
        closed = true;
        directory.connected().forEach(link -> link.send(notice, AgentFeature.DRAIN));
    }

    private static void say(AgentLink link, String what) {
        LOG.atInfo()
                .addKeyValue("agent", link.id())
                .addKeyValue("connection", link.connectionId())
                .log(what);
    }
}
