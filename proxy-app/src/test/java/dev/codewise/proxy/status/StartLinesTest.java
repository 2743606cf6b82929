package dev.codewise.proxy.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartLinesTest {

    @TempDir
    private Path home;

    @Test
    void tellWhatItIsWhereItIsAndHowToUseIt() {
        try (var proxy = ProxyStart.with("AGENT_SECRET", "never-to-be-printed")) {
            String url = "http://127.0.0.1:" + proxy.port();

            var said = proxy.said();

            assertThat(said).hasSize(5).noneMatch(line -> line.contains("never-to-be-printed"));
            assertThat(said.get(0)).matches("Codewise \\S+ listens on " + url + ", for its operator on port \\d+\\.");
            assertThat(said.get(1))
                    .startsWith("Database: ")
                    .contains("127.0.0.1")
                    .doesNotContain("nothing");
            assertThat(said.get(2))
                    .isEqualTo("Clients use " + url + "/v1, which is open to this machine and to no other.");
            assertThat(said.get(3)).contains("the Claude API is off");
            assertThat(said.get(4)).endsWith("codewise-agent.jar --url " + url + " --secret \"$AGENT_SECRET\"");
        }
    }

    @Test
    void nameWhatIsSwitchedOnButNoKey() {
        var keys = Map.of("CODEWISE_API_KEY", "a-key-for-the-clients", "ANTHROPIC_API_KEY", "made-up-for-a-test");
        try (var proxy = ProxyStart.with(keys)) {
            var said = proxy.said();

            assertThat(said).noneMatch(line -> line.contains("a-key-for-the-clients") || line.contains("made-up"));
            assertThat(said.get(2)).endsWith("/v1, which asks for a key.");
            assertThat(said.get(3)).endsWith("where none can, by the Claude API.");
        }
    }

    @Test
    void showASecretOnlyAtTheStartThatMadeIt() throws IOException {
        var variables = Map.of("CODEWISE_HOME", home.toString(), "AGENT_SECRET", "");
        String first;
        String second;

        try (var proxy = ProxyStart.with(variables)) {
            first = proxy.said().get(4);
        }
        try (var proxy = ProxyStart.with(variables)) {
            second = proxy.said().get(4);
        }

        String secret = Files.readString(home.resolve("agent-secret")).strip();
        assertThat(first).endsWith(" --secret " + secret);
        assertThat(second)
                .endsWith(" --secret-file " + home.resolve("agent-secret"))
                .doesNotContain(secret);
    }
}
