package dev.codewise.proxy.agent;

import dev.codewise.proxy.settings.Settings;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.convert.DurationUnit;

/** How long the proxy waits for its agents, how many requests may wait, and how often it shows signs of life. */
@ConfigurationProperties("codewise.agent")
record AgentProperties(
        @DurationUnit(ChronoUnit.SECONDS) @DefaultValue("120s")
        Duration replyTimeout,

        @DurationUnit(ChronoUnit.SECONDS) @DefaultValue("30m")
        Duration maxDuration,

        @DefaultValue("100") int queueLimit,

        @DurationUnit(ChronoUnit.SECONDS) @DefaultValue("5s")
        Duration queueWait,

        @DurationUnit(ChronoUnit.SECONDS) @DefaultValue("30s")
        Duration pingInterval) {

    AgentProperties {
        positive("REQUEST_TIMEOUT", replyTimeout, "120s");
        positive("REQUEST_MAX_DURATION", maxDuration, "30m");
        positive("codewise.agent.ping-interval", pingInterval, "30s");
        if (queueWait.isNegative()) {
            throw new IllegalArgumentException("QUEUE_WAIT is " + shown(queueWait)
                    + ", which is less than nothing; set it to a duration such as 5s");
        }
        if (queueLimit < 0 || queueLimit > 100_000) {
            throw new IllegalArgumentException(
                    "QUEUE_LIMIT is " + queueLimit + "; set it to a number from 0 to 100000, such as 100");
        }
    }

    /** With what the operator has chosen since. */
    AgentProperties under(Settings chosen) {
        return new AgentProperties(
                Settings.or(chosen.requestTimeout(), replyTimeout),
                Settings.or(chosen.requestMaxDuration(), maxDuration),
                Settings.or(chosen.queueLimit(), queueLimit),
                Settings.or(chosen.queueWait(), queueWait),
                pingInterval);
    }

    private static void positive(String variable, Duration value, String example) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(variable + " is " + shown(value)
                    + "; set it to a duration longer than nothing, such as " + example);
        }
    }

    private static String shown(Duration value) {
        return DurationStyle.SIMPLE.print(value, ChronoUnit.SECONDS);
    }
}
