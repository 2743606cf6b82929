package dev.codewise.proxy.agent;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long an agent of level 1 may be silent or away, and a client not listen.
 *
 * @param heartbeat how often an agent is asked to say that it is there
 * @param suspect after so much silence it is handed nothing new
 * @param lost after so much its connection is taken for dead
 * @param away so long its runs outlive its connection
 * @param neglect so long what an agent has said may wait for its client
 */
@ConfigurationProperties("codewise.agent.link")
record LinkProperties(
        @DefaultValue("15s") Duration heartbeat,
        @DefaultValue("45s") Duration suspect,
        @DefaultValue("60s") Duration lost,
        @DefaultValue("30s") Duration away,
        @DefaultValue("60s") Duration neglect) {

    LinkProperties {
        if (heartbeat.isNegative() || heartbeat.isZero()) {
            throw new IllegalArgumentException("codewise.agent.link.heartbeat must be longer than nothing");
        }
        if (suspect.compareTo(heartbeat) <= 0 || lost.compareTo(suspect) <= 0) {
            throw new IllegalArgumentException(
                    "codewise.agent.link: heartbeat must be shorter than suspect, and suspect shorter than lost");
        }
        if (away.isNegative() || neglect.isNegative() || neglect.isZero()) {
            throw new IllegalArgumentException(
                    "codewise.agent.link: away must not be less than nothing, and neglect must be more");
        }
    }
}
