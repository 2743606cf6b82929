package dev.codewise.proxy.status.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class TidyEnvironmentTest {

    private final StandardEnvironment environment = new StandardEnvironment();

    @Test
    void aVariableThatHoldsNothingCountsAsUnset() {
        variables(Map.of("PORT", "", "QUEUE_WAIT", "  "));

        tidy();

        assertThat(environment.resolvePlaceholders("${PORT:8080} ${QUEUE_WAIT:5s}"))
                .isEqualTo("8080 5s");
    }

    @Test
    void spaceAroundAValueIsDropped() {
        variables(Map.of("PORT", " 9090\r"));

        tidy();

        assertThat(environment.resolvePlaceholders("${PORT:8080}")).isEqualTo("9090");
    }

    private void variables(Map<String, Object> values) {
        environment
                .getPropertySources()
                .replace("systemEnvironment", new SystemEnvironmentPropertySource("systemEnvironment", values));
    }

    private void tidy() {
        new TidyEnvironment().postProcessEnvironment(environment, new SpringApplication());
    }
}
