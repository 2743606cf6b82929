package dev.codewise.proxy.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class OpenAiPropertiesTest {

    @Test
    void haveDefaults() {
        var properties = bind(Map.of());

        assertThat(properties)
                .isEqualTo(new OpenAiProperties(
                        DataSize.ofMegabytes(8), Duration.ofSeconds(15), Duration.ofMinutes(4), false));
    }

    @Test
    void canAllBeSet() {
        var properties = bind(Map.of(
                "codewise.openai.max-body",
                "1MB",
                "codewise.openai.beat",
                "5s",
                "codewise.openai.strict",
                "true",
                "codewise.openai.silence",
                "1m"));

        assertThat(properties)
                .isEqualTo(new OpenAiProperties(
                        DataSize.ofMegabytes(1), Duration.ofSeconds(5), Duration.ofMinutes(1), true));
    }

    @ParameterizedTest
    @CsvSource({"max-body,0", "max-body,-1", "beat,0s", "beat,-1s", "silence,0s"})
    void refuseWhatCannotWork(String name, String value) {
        assertThatThrownBy(() -> bind(Map.of("codewise.openai." + name, value)))
                .rootCause()
                .hasMessageStartingWith("codewise.openai." + name + " must be");
    }

    private static OpenAiProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("codewise.openai", OpenAiProperties.class);
    }
}
