package dev.codewise.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.fixtures.ApiRequest;
import dev.codewise.fixtures.ClaudeExecutable;
import dev.codewise.fixtures.FakeAnthropic;
import dev.codewise.fixtures.RealClaude;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The clients of the Messages API, Claude Code itself among them, pointed at the proxy's jar, with a key and without. */
class MessagesIT {

    private static final String KEY = "sk-ant-made-up-of-the-operator";

    @TempDir
    private Path folder;

    private FakeAnthropic anthropic;

    private record Ended(int code, String output) {}

    @BeforeEach
    void startTheFakeApi() throws IOException {
        anthropic = FakeAnthropic.start();
    }

    @AfterEach
    void stopTheFakeApi() throws IOException {
        anthropic.close();
    }

    @Test
    @RealClaude
    void letsClaudeCodeAskTheClaudeApiWithAllItBrings() throws Exception {
        try (var proxy = proxyWithKey()) {
            anthropic.says("Hello ", "from behind the proxy");

            Ended answer = claudeCode(proxy, "Say hello");

            assertThat(answer).isEqualTo(new Ended(0, "Hello from behind the proxy\n"));
            ApiRequest request = anthropic.awaitRequest();
            assertThat(request.target()).isEqualTo("/v1/messages?beta=true");
            assertThat(request.header("x-api-key")).hasValue(KEY);
            assertThat(request.header("user-agent")).get().asString().contains("claude-cli");
            assertThat(request.header("anthropic-beta")).get().asString().contains("claude-code-");
            assertThat(request.body().path("tools").isEmpty()).isFalse();
            assertThat(request.body().path("context_management").isObject()).isTrue();
        }
    }

    @Test
    @RealClaude
    void letsClaudeCodeAskAnAgentForTextAndSaysWhatItCannotAskFor() throws Exception {
        try (var proxy = proxyWithoutKey();
                var agent = connectedAgent(proxy)) {
            anthropic.says("Hello ", "from the laptop");

            Ended text = claudeCode(proxy, "Say hello", "--tools", "");
            Ended tools = claudeCode(proxy, "Say hello");

            assertThat(text).isEqualTo(new Ended(0, "Hello from the laptop\n"));
            assertThat(tools.code()).isEqualTo(1);
            assertThat(tools.output()).contains("API Error: 400", "Agents cannot take tools yet");
            assertThat(agent.stop()).isZero();
        }
    }

    @Test
    @NodeClients
    void answersTheSdkForNodeOutOfTheClaudeApi() throws Exception {
        try (var proxy = proxyWithKey()) {
            anthropic.says("Hello ", "Node").says("Hello ", "stream");

            JsonNode seen = node(proxy);

            assertThat(seen.at("/plain/text").asString()).isEqualTo("Hello Node");
            assertThat(seen.at("/plain/requestId").asString()).isEqualTo("req_fake");
            assertThat(seen.at("/streamed/text").asString()).isEqualTo("Hello stream");
            assertThat(seen.at("/streamed/usage/input_tokens").asInt()).isEqualTo(11);
            assertThat(seen.at("/counted/input_tokens").asInt()).isPositive();
        }
    }

    @Test
    @RealClaude
    @NodeClients
    void answersTheSdkForNodeOutOfTheRealClaude() throws Exception {
        try (var proxy = proxyWithoutKey();
                var agent = connectedAgent(proxy)) {
            anthropic.says("Hello ", "Node").says("Hello ", "stream");

            JsonNode seen = node(proxy);

            assertThat(seen.at("/plain/text").asString()).isEqualTo("Hello Node");
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
        try (var proxy = proxyWithoutKey()) {
            JsonNode seen = node(proxy);

            assertThat(seen.at("/plain/status").asInt()).isEqualTo(503);
            assertThat(seen.at("/streamed/status").asInt()).isEqualTo(503);
            assertThat(seen.at("/streamed/message").asString()).contains("codewise-agent.jar", "ANTHROPIC_API_KEY");
        }
    }

    private ProxyProcess proxyWithKey() {
        return started(Map.of(
                "ANTHROPIC_API_KEY",
                KEY,
                "ANTHROPIC_BASE_URL",
                anthropic.baseUrl().toString()));
    }

    private ProxyProcess proxyWithoutKey() {
        return started(Map.of());
    }

    private ProxyProcess started(Map<String, String> environment) {
        var proxy = ProxyProcess.runOnServer(folder.resolve("home"), environment);
        proxy.awaitStart();
        return proxy;
    }

    private AgentProcess connectedAgent(ProxyProcess proxy) throws Exception {
        var agent = AgentProcess.run(
                folder,
                anthropic.baseUrl(),
                "--url",
                proxy.url().toString(),
                "--secret-file",
                folder.resolve("home").resolve("agent-secret").toString(),
                "--agent-id",
                "laptop-1",
                "--claude",
                ClaudeExecutable.path().toString());
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(status(proxy)).contains("\"laptop-1\""));
        return agent;
    }

    private static String status(ProxyProcess proxy) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(proxy.url().resolve("/api/agent/status")).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    /** Claude Code with a home of its own, which takes the proxy for the Claude API. */
    private Ended claudeCode(ProxyProcess proxy, String prompt, String... options) throws Exception {
        Path home = Files.createDirectories(folder.resolve("client"));
        var command = new ArrayList<>(List.of(ClaudeExecutable.path().toString(), "-p", prompt, "--model", "sonnet"));
        command.addAll(List.of(options));
        return run(command, home, ClaudeExecutable.environment(home, proxy.url()));
    }

    private JsonNode node(ProxyProcess proxy) throws Exception {
        var command = List.of(
                "node",
                NodeClients.FOLDER.resolve("messages.mjs").toAbsolutePath().toString(),
                "Say hello");
        Ended ended = run(command, folder, ClaudeExecutable.environment(folder, proxy.url()));
        assertThat(ended.code()).as(ended.output()).isZero();
        return new JsonMapper().readTree(ended.output());
    }

    private static Ended run(List<String> command, Path workingFolder, Map<String, String> environment)
            throws Exception {
        var builder = new ProcessBuilder(command)
                .directory(workingFolder.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), output);
    }
}
