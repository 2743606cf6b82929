package dev.codewise.proxy.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codewise.probe.ProbeProxy;
import dev.codewise.proxy.CapturedLog;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusedStartTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bind-address=0.0.0.0        | Set CODEWISE_API_KEY, or BIND_ADDRESS=127.0.0.1",
                "published-address=192.0.2.1 | Set CODEWISE_API_KEY, or BIND_ADDRESS=127.0.0.1",
                "api-key=short               | CODEWISE_API_KEY must have at least 16 characters",
                "cors-allowed-origins=*      | CORS_ALLOWED_ORIGINS=* without a CODEWISE_API_KEY",
                "trusted-proxies=nginx       | TRUSTED_PROXIES has \"nginx\"",
                "api-key=" + ProbeProxy.AGENT_SECRET + " | Make CODEWISE_API_KEY another one"
            })
    void saysWhatToSetAndShowsNoSecret(String setting, String sentence) {
        try (var log = CapturedLog.ofAnybody()) {

            assertThatThrownBy(
                            () -> ProbeProxy.start("codewise.access." + setting).close())
                    .rootCause()
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(sentence)
                    .message()
                    .doesNotContain("canary");
            assertThat(log.events())
                    .noneMatch(event -> event.getFormattedMessage().contains("canary"));
        }
    }
}
