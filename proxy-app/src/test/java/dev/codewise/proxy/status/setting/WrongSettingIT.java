package dev.codewise.proxy.status.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an operator sees of a wrong setting, from the jar itself. */
@Tag("long")
class WrongSettingIT {

    @Test
    void endsTheProcessWithOneSentenceAndNoStackTrace() throws Exception {
        var proxy = new Run(Map.of("QUEUE_LIMIT", "lots"));

        assertThat(proxy.exitCode()).isEqualTo(1);
        assertThat(proxy.lines())
                .singleElement()
                .asString()
                .endsWith("Codewise cannot start. QUEUE_LIMIT=lots is not a whole number: use one such as 100.");
    }

    @Test
    void keepsTheProxyFromStandingOpenToOthers() throws Exception {
        var proxy = new Run(Map.of("BIND_ADDRESS", "0.0.0.0", "AGENT_SECRET", "sixteen-or-more-characters"));

        assertThat(proxy.exitCode()).isEqualTo(1);
        assertThat(proxy.lines()).singleElement().asString().contains("CODEWISE_API_KEY");
    }

    @Test
    void refusesTheOnePortThatNothingCanBeMadeOf() throws Exception {
        var proxy = new Run(Map.of("PORT", ""));

        assertThat(proxy.exitCode()).isEqualTo(1);
        assertThat(proxy.lines())
                .singleElement()
                .asString()
                .endsWith("PORT=\"\" is no number, or has something around it: unset it, or use one such as 8080.");
    }

    /** One run of the jar with an environment of its own. */
    private static final class Run {

        private final Process process;
        private final List<String> lines;

        Run(Map<String, String> variables) throws IOException {
            var builder = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(), "-jar", "target/codewise-proxy.jar")
                    .redirectErrorStream(true);
            builder.environment().clear();
            builder.environment().putAll(Map.of("PORT", "0", "MANAGEMENT_PORT", "0", "DATABASE_URL", ""));
            builder.environment().putAll(variables);
            process = builder.start();
            lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }

        List<String> lines() {
            return lines;
        }

        int exitCode() throws InterruptedException {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        }
    }
}
