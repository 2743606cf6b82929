package dev.codewise.proxy.openai.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ResponsesPropertiesTest {

    @Test
    void haveDefaults() {
        assertThat(bind(Map.of())).isEqualTo(new ResponsesProperties(Duration.ofDays(30)));
    }

    @Test
    void canAllBeSet() {
        assertThat(bind(Map.of("codewise.responses.retention", "2h")).retention())
                .isEqualTo(Duration.ofHours(2));
    }

    @Test
    void refuseToKeepNothing() {
        assertThatThrownBy(() -> bind(Map.of("codewise.responses.retention", "0")))
                .rootCause()
                .hasMessage("RESPONSES_RETENTION must be at least a minute, such as 30d");
    }

    private static ResponsesProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("codewise.responses", ResponsesProperties.class);
    }
}
