package dev.codewise.proxy.agent;

import dev.codewise.protocol.AgentFeature;
import dev.codewise.protocol.Protocol;
import dev.codewise.protocol.ProxyEvent.Connected;
import dev.codewise.protocol.ProxyEvent.Limits;
import java.time.Duration;
import java.time.Instant;

/** The first word to an agent: who it is here, and how this proxy counts time and size. */
final class Welcome {

    private static final Limits LIMITS = new Limits(
            Protocol.MAX_MESSAGE_BYTES,
            Protocol.MAX_CHUNK_CHARS,
            Protocol.MAX_OUTPUT_BYTES,
            Protocol.MAX_BATCH_MESSAGES);

    private final AgentProperties times;
    private final LinkProperties link;

    Welcome(AgentProperties times, LinkProperties link) {
        this.times = times;
        this.link = link;
    }

    LinkProperties link() {
        return link;
    }

    Duration pingInterval() {
        return times.pingInterval();
    }

    Connected to(AgentProfile agent, String connectionId, boolean resumed, Instant now) {
        return new Connected(
                agent.id(),
                connectionId,
                Protocol.VERSION,
                now,
                times.pingInterval().toMillis(),
                times.replyTimeout().toMillis(),
                LIMITS,
                agent.speaksLevel1() ? resumed : null,
                agent.can(AgentFeature.HEARTBEAT) ? link.heartbeat().toMillis() : null,
                agent.speaksLevel1() ? link.away().toMillis() : null);
    }
}
