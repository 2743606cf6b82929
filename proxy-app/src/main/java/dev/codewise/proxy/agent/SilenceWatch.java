package dev.codewise.proxy.agent;

import dev.codewise.protocol.AgentFeature;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Watches over an agent that has promised to give signs of life: misses it first, and gives up its connection then. */
final class SilenceWatch {

    private static final Logger LOG = LoggerFactory.getLogger(SilenceWatch.class);

    private final LinkProperties times;

    SilenceWatch(LinkProperties times) {
        this.times = times;
    }

    /** Never ends by itself; an agent that has promised nothing is not watched. */
    Mono<Void> over(AgentLink link, EventStream stream) {
        return link.profile().can(AgentFeature.HEARTBEAT)
                ? Mono.defer(() -> Mono.delay(untilNextLook(link)))
                        .doOnNext(now -> look(link, stream))
                        .repeat(stream::isOpen)
                        .then()
                : Mono.empty();
    }

    private Duration untilNextLook(AgentLink link) {
        Duration until = link.signs().isMissed() ? times.lost() : times.suspect();
        Duration left = until.minus(link.signs().quiet());
        return left.isNegative() ? Duration.ZERO : left;
    }

    private void look(AgentLink link, EventStream stream) {
        if (!stream.isOpen()) {
            return;
        }
        Duration quiet = link.signs().quiet();
        if (quiet.compareTo(times.lost()) >= 0) {
            say(link, quiet, "Nothing was heard of an agent; its connection is given up");
            stream.cut();
        } else if (quiet.compareTo(times.suspect()) >= 0) {
            say(link, quiet, "Nothing was heard of an agent; it is handed nothing new");
            link.signs().miss();
        }
    }

    private static void say(AgentLink link, Duration quiet, String what) {
        LOG.atWarn()
                .addKeyValue("agent", link.id())
                .addKeyValue("connection", link.connectionId())
                .addKeyValue("silentSeconds", quiet.toSeconds())
                .log(what);
    }
}
