package dev.codewise.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.fixtures.FakeClaude;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Both jars, and an agent with a token of its own that is taken back while it runs. */
@Tag("long")
class TokenIT {

    private static final int SENT_AWAY = 10;
    private static final int SECRET_REFUSED = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path home;

    @TempDir
    Path folder;

    @Test
    void bringsAnAgentInUnderItsNameAndEndsItWhenItIsRevoked() throws Exception {
        var claude = FakeClaude.in(Files.createDirectory(folder.resolve("claude")))
                .forksAGrandchild()
                .begins("Hel")
                .stalls();
        try (var proxy = ProxyProcess.runOnServer(home, Map.of("CODEWISE_API_KEY", "a-key-for-the-operator"))) {
            proxy.awaitStart();
            var operator = new Operator(proxy.url(), "a-key-for-the-operator");
            JsonNode token = operator.token("alices_laptop-1", "alice");
            Path file = Files.writeString(
                    folder.resolve("token"), token.path("token").asString());
            try (var agent = run(proxy, claude, file)) {
                await().atMost(PATIENCE).until(() -> agent.output().contains(" as alices_laptop-1"));
                var answer = operator.as(operator.key("alice", "completions")).asks("sonnet");
                await().atMost(PATIENCE).until(() -> !claude.calls().isEmpty());

                operator.send(
                        "DELETE", "/api/admin/agent-tokens/" + token.path("id").asString(), "");

                assertThat(answer.join().statusCode()).isEqualTo(502);
                assertThat(agent.awaitEnd()).isEqualTo(SENT_AWAY);
                assertThat(agent.output()).contains("its token was revoked");
                await().until(() -> claude.calls().get(0).alive().isEmpty());
            }
            try (var again = run(proxy, claude, file)) {
                assertThat(again.awaitEnd()).isEqualTo(SECRET_REFUSED);
                assertThat(again.output())
                        .contains("ask the operator of the proxy for a new one")
                        .doesNotContain(token.path("token").asString());
            }
        }
    }

    private AgentProcess run(ProxyProcess proxy, FakeClaude claude, Path secret) throws IOException {
        return AgentProcess.run(
                folder,
                URI.create("http://127.0.0.1:9"),
                "--url",
                proxy.url().toString(),
                "--secret-file",
                secret.toString(),
                "--claude",
                claude.executable().toString(),
                "--warm",
                "0");
    }
}
