package dev.codewise.proxy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class AgentPropertiesTest {

    @Test
    void hasTheDocumentedDefaults() {
        assertThat(bind(Map.of()))
                .isEqualTo(new AgentProperties(
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(30),
                        100,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30)));
    }

    @Test
    void takesEveryValue() {
        assertThat(bind(Map.of(
                        "codewise.agent.reply-timeout", "7s",
                        "codewise.agent.max-duration", "8m",
                        "codewise.agent.queue-limit", "9",
                        "codewise.agent.queue-wait", "0s",
                        "codewise.agent.ping-interval", "11s")))
                .isEqualTo(new AgentProperties(
                        Duration.ofSeconds(7), Duration.ofMinutes(8), 9, Duration.ZERO, Duration.ofSeconds(11)));
    }

    @Test
    void takesANumberWithoutAUnitForSeconds() {
        assertThat(bind(Map.of("codewise.agent.reply-timeout", "90")).replyTimeout())
                .isEqualTo(Duration.ofSeconds(90));
    }

    @ParameterizedTest
    @CsvSource({
        "reply-timeout, 0s, REQUEST_TIMEOUT",
        "max-duration, -1s, REQUEST_MAX_DURATION",
        "queue-wait, -1s, QUEUE_WAIT",
        "queue-limit, -1, QUEUE_LIMIT",
        "queue-limit, 100001, QUEUE_LIMIT"
    })
    void refusesWhatCannotBeAndNamesTheVariable(String property, String value, String variable) {
        assertThatThrownBy(() -> bind(Map.of("codewise.agent." + property, value)))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(variable)
                .hasMessageContaining("set it to");
    }

    private static AgentProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("codewise.agent", AgentProperties.class);
    }
}
