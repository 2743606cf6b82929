package dev.codewise.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.fixtures.ApiRequest;
import dev.codewise.fixtures.RealClaude;
import dev.codewise.proxy.Installation.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The clients of the Messages API, Claude Code itself among them, pointed at the proxy's jar, with a key and without. */
@Tag("long")
class MessagesIT {

    @TempDir
    private static Path folder;

    private static Installation withKey;
    private static Installation withoutKey;

    @BeforeAll
    static void install() throws IOException {
        withKey = Installation.withKey(Files.createDirectory(folder.resolve("with-key")));
        withoutKey = Installation.withoutKey(Files.createDirectory(folder.resolve("without-key")));
    }

    @AfterAll
    static void remove() throws IOException {
        withKey.close();
        withoutKey.close();
    }

    @Test
    @RealClaude
    void letsClaudeCodeAskTheClaudeApiWithAllItBrings() throws Exception {
        var anthropic = withKey.freshAnthropic().says("Hello ", "from behind the proxy");

        Ended answer = withKey.claudeCode("Say hello");

        assertThat(answer).isEqualTo(new Ended(0, "Hello from behind the proxy\n"));
        ApiRequest request = anthropic.awaitRequest();
        assertThat(request.target()).isEqualTo("/v1/messages?beta=true");
        assertThat(request.header("x-api-key")).hasValue(Installation.KEY);
        assertThat(request.header("user-agent")).get().asString().contains("claude-cli");
        assertThat(request.header("anthropic-beta")).get().asString().contains("claude-code-");
        assertThat(request.body().path("tools").isEmpty()).isFalse();
        assertThat(request.body().path("context_management").isObject()).isTrue();
    }

    @Test
    @RealClaude
    void letsClaudeCodeAskAnAgent() throws Exception {
        withoutKey.freshAnthropic().says("Hello ", "from the laptop").says("Hello ", "again");

        try (var agent = withoutKey.connectAgent()) {
            Ended text = withoutKey.claudeCode("Say hello", "--tools", "");
            Ended tools = withoutKey.claudeCode("Say hello");

            assertThat(text).isEqualTo(new Ended(0, "Hello from the laptop\n"));
            assertThat(tools).isEqualTo(new Ended(0, "Hello again\n"));
            assertThat(agent.stop()).isZero();
        }
    }

    @Test
    @NodeClients
    void answersTheSdkForNodeOutOfTheClaudeApi() throws Exception {
        withKey.freshAnthropic().says("Hello ", "Node").says("Hello ", "stream");

        JsonNode seen = withKey.node("messages.mjs", "Say hello");

        assertThat(seen.at("/plain/text").asString()).as("%s", seen).isEqualTo("Hello Node");
        assertThat(seen.at("/plain/requestId").asString()).isEqualTo("req_fake");
        assertThat(seen.at("/streamed/text").asString()).isEqualTo("Hello stream");
        assertThat(seen.at("/streamed/usage/input_tokens").asInt()).isEqualTo(11);
        assertThat(seen.at("/counted/input_tokens").asInt()).isPositive();
    }

    @Test
    @RealClaude
    @NodeClients
    void answersTheSdkForNodeOutOfTheRealClaude() throws Exception {
        withoutKey.freshAnthropic().says("Hello ", "Node").says("Hello ", "stream");

        try (var agent = withoutKey.connectAgent()) {
            JsonNode seen = withoutKey.node("messages.mjs", "Say hello");

            assertThat(seen.at("/plain/text").asString()).as("%s", seen).isEqualTo("Hello Node");
            assertThat(seen.at("/plain/stop").asString()).isEqualTo("end_turn");
            assertThat(seen.at("/plain/usage/input_tokens").asInt()).isEqualTo(11);
            assertThat(seen.at("/plain/requestId").asString()).startsWith("req_");
            assertThat(seen.at("/streamed/text").asString()).isEqualTo("Hello stream");
            assertThat(seen.at("/streamed/usage")).isEqualTo(seen.at("/plain/usage"));
            assertThat(seen.at("/streamed/events/0").asString()).isEqualTo("message_start");
            assertThat(seen.at("/counted/status").asInt()).isEqualTo(404);
            assertThat(seen.at("/counted/kind").asString()).isEqualTo("NotFoundError");
            assertThat(agent.stop()).isZero();
        }
    }

    @Test
    @NodeClients
    void tellsTheSdkForNodeWhatToDoWhenNobodyCanAnswer() throws Exception {
        withoutKey.awaitNoAgent();

        JsonNode seen = withoutKey.node("messages.mjs", "Say hello");

        assertThat(seen.at("/plain/status").asInt()).isEqualTo(503);
        assertThat(seen.at("/streamed/status").asInt()).isEqualTo(503);
        assertThat(seen.at("/streamed/message").asString()).contains("codewise-agent.jar", "ANTHROPIC_API_KEY");
    }
}
