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

class LinkPropertiesTest {

    @Test
    void hasTheTimesOfTheProtocolForDefaults() {
        assertThat(bind(Map.of()))
                .isEqualTo(new LinkProperties(
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(45),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(60)));
    }

    @Test
    void takesEveryOne() {
        var all = Map.of(
                "codewise.agent.link.heartbeat", "1s",
                "codewise.agent.link.suspect", "2s",
                "codewise.agent.link.lost", "3s",
                "codewise.agent.link.away", "4s",
                "codewise.agent.link.neglect", "5s");

        assertThat(bind(all))
                .isEqualTo(new LinkProperties(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(5)));
    }

    @ParameterizedTest
    @CsvSource({"heartbeat, 0s", "suspect, 15s", "lost, 45s", "away, -1s", "neglect, 0s"})
    void refusesTimesThatMakeNoSense(String property, String value) {
        var properties = Map.of("codewise.agent.link." + property, value);

        assertThatThrownBy(() -> bind(properties)).rootCause().hasMessageContaining("codewise.agent.link");
    }

    private static LinkProperties bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("codewise.agent.link", LinkProperties.class);
    }
}
