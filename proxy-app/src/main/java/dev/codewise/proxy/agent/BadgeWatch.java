package dev.codewise.proxy.agent;

import dev.codewise.proxy.access.Badge;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Looks every second whether the token by which an agent is connected is still good, and sends the agent away where it is not. */
final class BadgeWatch {

    private static final Logger LOG = LoggerFactory.getLogger(BadgeWatch.class);
    private static final Duration GLANCE = Duration.ofSeconds(1);
    private static final String REASON = "its token was revoked, or has expired";

    private final Function<Badge, Optional<Badge>> now;

    /** Knows of a badge how it is by now, and nothing of one that is not good any more. */
    BadgeWatch(Function<Badge, Optional<Badge>> now) {
        this.now = now;
    }

    /** Never ends by itself; the secret that agents share is good for as long as the proxy runs. */
    Mono<Void> over(AgentLink link, EventStream stream) {
        return stream.badge().equals(Badge.SHARED)
                ? Mono.never()
                : Flux.interval(GLANCE)
                        .onBackpressureDrop()
                        .doOnNext(glance -> look(link, stream))
                        .then();
    }

    private void look(AgentLink link, EventStream stream) {
        now.apply(stream.badge()).ifPresentOrElse(stream::show, () -> end(link, stream));
    }

    /** Whoever has not read its last word by the next glance is not waited for. */
    private static void end(AgentLink link, EventStream stream) {
        if (stream.isOpen()) {
            LOG.atWarn()
                    .addKeyValue("agent", link.id())
                    .addKeyValue("connection", stream.connectionId())
                    .log("The token of a connected agent is not good any more; the agent is sent away");
            link.disconnect(REASON);
        } else {
            stream.cut();
        }
    }
}
