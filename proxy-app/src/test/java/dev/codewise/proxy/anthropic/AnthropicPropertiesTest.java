package dev.codewise.proxy.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class AnthropicPropertiesTest {

    @Test
    void haveADefault() {
        assertThat(bound(Map.of()))
                .isEqualTo(new AnthropicProperties(Duration.ofSeconds(15), Duration.ofMinutes(4), false));
    }

    @Test
    void areAllRead() {
        assertThat(bound(Map.of(
                        "codewise.anthropic.beat", "3s",
                        "codewise.anthropic.silence", "9s",
                        "codewise.anthropic.strict", "true")))
                .isEqualTo(new AnthropicProperties(Duration.ofSeconds(3), Duration.ofSeconds(9), true));
    }

    @Test
    void refuseToBeatAllTheTime() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AnthropicProperties(Duration.ZERO, Duration.ofMinutes(4), false))
                .withMessageContaining("codewise.anthropic.beat");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AnthropicProperties(Duration.ofSeconds(15), Duration.ZERO, false))
                .withMessageContaining("codewise.anthropic.silence");
    }

    private static AnthropicProperties bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("codewise.anthropic", AnthropicProperties.class);
    }
}
