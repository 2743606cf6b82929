package dev.codewise.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.codewise.fixtures.ApiRequest;
import dev.codewise.fixtures.ClaudeExecutable;
import dev.codewise.fixtures.FakeAnthropic;
import dev.codewise.fixtures.RealClaude;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole way, as a newcomer goes it: the proxy's jar, the agent's jar, the real Claude Code, and the official SDKs. */
class FirstLightIT {

    private static final String KEY = "a-made-up-anthropic-key";

    @TempDir
    private Path folder;

    private final List<OpenAIClient> clients = new ArrayList<>();
    private FakeAnthropic anthropic;

    @BeforeEach
    void startTheFakeApi() throws IOException {
        anthropic = FakeAnthropic.start();
    }

    @AfterEach
    void stopTheFakeApi() throws IOException {
        clients.forEach(OpenAIClient::close);
        anthropic.close();
    }

    @Test
    @RealClaude
    void answersAnUnmodifiedSdkOutOfTheRealClaude() throws Exception {
        try (var proxy = startedProxy(Map.of());
                var agent = connectedAgent(proxy)) {
            var client = client(proxy);
            anthropic.says("Hel", "lo");
            assertThat(plain(client, "Say hello")).isEqualTo("Hello");
            assertThat(anthropic.awaitRequest().header("user-agent"))
                    .get()
                    .asString()
                    .contains("claude-cli");

            anthropic.says("Good ", "day");
            assertThat(streamed(client, "Say good day")).isEqualTo("Good day");

            assertThat(agent.stop()).isZero();
            assertThat(agent.output()).contains("connected", "started (sonnet)").doesNotContain("Say hello", "Hello");
            await().untilAsserted(() ->
                    assertThat(status(proxy).get("agents").isEmpty()).isTrue());
        }
    }

    @Test
    @RealClaude
    void fallsBackToTheClaudeApiWhenTheAgentIsGone() throws Exception {
        var direct = Map.of(
                "ANTHROPIC_API_KEY",
                KEY,
                "ANTHROPIC_BASE_URL",
                anthropic.baseUrl().toString());
        try (var proxy = startedProxy(direct);
                var agent = connectedAgent(proxy)) {
            var client = client(proxy);
            anthropic.says("by the agent");
            assertThat(plain(client, "Who are you?")).isEqualTo("by the agent");
            assertThat(anthropic.awaitRequest().header("user-agent"))
                    .get()
                    .asString()
                    .contains("claude-cli");

            agent.stop();
            await().untilAsserted(() ->
                    assertThat(status(proxy).get("agents").isEmpty()).isTrue());

            anthropic.says("by ", "the API");
            assertThat(streamed(client, "Who are you?")).isEqualTo("by the API");
            ApiRequest last = anthropic.requests().get(anthropic.requests().size() - 1);
            assertThat(last.header("x-api-key")).contains(KEY);
        }
    }

    @Test
    void saysWhatToDoWhenNobodyCanAnswer() {
        try (var proxy = startedProxy(Map.of())) {
            var client = client(proxy);
            try {
                plain(client, "Anybody there?");
                throw new AssertionError("somebody answered");
            } catch (OpenAIServiceException refused) {
                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(refused)
                        .hasMessageContaining("codewise-agent.jar")
                        .hasMessageContaining("ANTHROPIC_API_KEY");
                assertThat(refused.headers().values("Retry-After")).isNotEmpty();
            }
        }
    }

    @Test
    @RealClaude
    @NodeClients
    void answersTheSdkForNode() throws Exception {
        try (var proxy = startedProxy(Map.of());
                var agent = connectedAgent(proxy)) {
            anthropic.says("Hello ", "Node").says("Hello ", "stream");

            JsonNode seen = node("first-light.mjs", proxy, "Say hello");

            assertThat(seen.get("models").toString()).isEqualTo("[\"sonnet\",\"opus\",\"haiku\"]");
            assertThat(seen.at("/plain/text").asString()).isEqualTo("Hello Node");
            assertThat(seen.at("/plain/finish").asString()).isEqualTo("stop");
            assertThat(seen.at("/plain/usage/total_tokens").asInt()).isPositive();
            assertThat(seen.at("/plain/requestId").asString()).startsWith("req_");
            assertThat(seen.at("/streamed/text").asString()).isEqualTo("Hello stream");
            assertThat(seen.at("/streamed/finish").asString()).isEqualTo("stop");
            assertThat(seen.at("/streamed/usage/completion_tokens").asInt()).isPositive();

            agent.stop();
            await().untilAsserted(() ->
                    assertThat(status(proxy).get("agents").isEmpty()).isTrue());
            JsonNode alone = node("first-light.mjs", proxy, "Anybody there?");
            assertThat(alone.at("/plain/status").asInt()).isEqualTo(503);
            assertThat(alone.at("/streamed/status").asInt()).isEqualTo(503);
            assertThat(alone.at("/streamed/message").asString()).contains("codewise-agent.jar");
        }
    }

    @Test
    @RealClaude
    @NodeClients
    void givesResponsesToTheSdkForNode() throws Exception {
        try (var proxy = startedProxy(Map.of());
                var agent = connectedAgent(proxy)) {
            anthropic.says("Hello ", "Node").says("Hello ", "stream");

            JsonNode seen = node("responses.mjs", proxy);

            assertThat(seen.at("/plain/text").asString()).isEqualTo("Hello Node");
            assertThat(seen.at("/plain/status").asString()).isEqualTo("completed");
            assertThat(seen.at("/plain/usage/total_tokens").asInt()).isPositive();
            assertThat(seen.at("/streamed/text").asString()).isEqualTo("Hello stream");
            assertThat(seen.at("/streamed/previous").asBoolean()).isTrue();
            List<String> types = textsOf(seen.at("/types"));
            assertThat(types)
                    .startsWith("response.created", "response.in_progress")
                    .endsWith("response.completed");
            assertThat(seen.at("/found").asString()).isEqualTo("Hello stream");
            assertThat(seen.at("/replayed/text").asString()).isEqualTo("Hello stream");
            assertThat(textsOf(seen.at("/replayed/types"))).isEqualTo(types.subList(4, types.size()));
            assertThat(seen.at("/cancelled").asString()).isEqualTo("completed");
            assertThat(seen.at("/gone").asInt()).isEqualTo(404);
            assertThat(proxy.output()).doesNotContain("Say hello", "Hello ");
            assertThat(agent.output()).doesNotContain("Say hello", "Hello ");
        }
    }

    private static List<String> textsOf(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    private ProxyProcess startedProxy(Map<String, String> environment) {
        var proxy = ProxyProcess.runOnServer(folder.resolve("home"), environment);
        proxy.awaitStart();
        return proxy;
    }

    /** Started as the proxy says at its start, with the file that holds the secret. */
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
                .untilAsserted(() ->
                        assertThat(status(proxy).at("/agents/0/id").asString()).isEqualTo("laptop-1"));
        return agent;
    }

    private static JsonNode status(ProxyProcess proxy) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(proxy.url().resolve("/api/agent/status")).build();
        return new JsonMapper()
                .readTree(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .body());
    }

    private OpenAIClient client(ProxyProcess proxy) {
        OpenAIClient client = OpenAIOkHttpClient.builder()
                .baseUrl(proxy.url().resolve("/v1").toString())
                .apiKey("unused")
                .maxRetries(0)
                .build();
        clients.add(client);
        return client;
    }

    private static ChatCompletionCreateParams question(String text) {
        return ChatCompletionCreateParams.builder()
                .model("sonnet")
                .addUserMessage(text)
                .build();
    }

    private static String plain(OpenAIClient client, String text) {
        return client.chat()
                .completions()
                .create(question(text))
                .choices()
                .get(0)
                .message()
                .content()
                .orElseThrow();
    }

    private static String streamed(OpenAIClient client, String text) {
        try (var stream = client.chat().completions().createStreaming(question(text))) {
            return stream.stream()
                    .flatMap(chunk -> chunk.choices().stream())
                    .flatMap(choice -> choice.delta().content().stream())
                    .collect(Collectors.joining());
        }
    }

    private static JsonNode node(String script, ProxyProcess proxy, String... arguments) throws Exception {
        var command = new ArrayList<>(
                List.of("node", NodeClients.FOLDER.resolve(script).toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("OPENAI_BASE_URL", proxy.url().resolve("/v1").toString());
        builder.environment().put("OPENAI_API_KEY", "unused");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return new JsonMapper().readTree(output);
    }
}
