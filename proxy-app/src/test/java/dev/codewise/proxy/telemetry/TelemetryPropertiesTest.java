package dev.codewise.proxy.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.codewise.proxy.home.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class TelemetryPropertiesTest {

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withUserConfiguration(TelemetryConfiguration.class, ExportConfiguration.class);

    @Test
    void traceNothingUnlessToldWhoCollects() {
        context.withPropertyValues("codewise.telemetry.endpoint=")
                .run(started -> assertThat(started)
                        .hasSingleBean(GenAiMetrics.class)
                        .doesNotHaveBean(ExportConfiguration.class)
                        .doesNotHaveBean(TraceFilter.class)
                        .doesNotHaveBean(Traces.class));
    }

    @Test
    void haveDefaults() {
        context.run(started -> assertThat(started.getBean(TelemetryProperties.class))
                .isEqualTo(new TelemetryProperties(null, null, "codewise-proxy", 1, Duration.ofSeconds(60))));
    }

    @Test
    void sayWhereEachSignalGoesAndWithWhat() {
        var properties = properties("http://127.0.0.1:4318/otlp/", "authorization=Bearer%20a=b, x-team=7", 0.5);

        assertThat(properties.addressOf("traces")).isEqualTo("http://127.0.0.1:4318/otlp/v1/traces");
        assertThat(properties.sentHeaders()).isEqualTo(Map.of("authorization", "Bearer a=b", "x-team", "7"));
        assertThat(properties.toString()).doesNotContain("Bearer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://host", "http:///path", "http://user:password@host", "http://host/?a=b", "host:4318"})
    void refuseWhatIsNoAddress(String endpoint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> properties(endpoint, null, 1))
                .withMessageStartingWith("OTEL_EXPORTER_OTLP_ENDPOINT ")
                .withMessageNotContaining("password");
    }

    @Test
    void refuseWhatIsNoListAndNoShare() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> properties("http://host", "secret-without-a-name", 1))
                .withMessageStartingWith("OTEL_EXPORTER_OTLP_HEADERS ")
                .withMessageNotContaining("secret-without");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> properties("http://host", null, 1.5))
                .withMessage("OTEL_TRACES_SAMPLER_ARG is 1.5; set it to a share from 0 to 1, such as 0.1");
    }

    @Test
    void takeAPlusForAPlusAndTellNothingOfAValueThatIsWrong() {
        assertThat(properties("http://host", "a=b+c%2Bd%25", 1).sentHeaders()).isEqualTo(Map.of("a", "b+c+d%"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> properties("http://host", "authorization=top%secret", 1))
                .withMessage(
                        "OTEL_EXPORTER_OTLP_HEADERS has a % that begins no character; write %25 where it is meant itself")
                .withNoCause();
    }

    private static TelemetryProperties properties(String endpoint, @Nullable String headers, double sampled) {
        return new TelemetryProperties(
                URI.create(endpoint),
                headers == null ? null : Secret.of(headers),
                "codewise-proxy",
                sampled,
                Duration.ofSeconds(60));
    }
}
