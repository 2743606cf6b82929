package dev.codewise.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.codewise.fixtures.ApiRequest;
import dev.codewise.fixtures.RealClaude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The whole way, as a newcomer goes it: the proxy's jar, the agent's jar, the real Claude Code, and the official SDKs. */
class FirstLightIT {

    @TempDir
    private static Path folder;

    private static Installation withKey;
    private static Installation withoutKey;
    private static OpenAIClient withKeySdk;
    private static OpenAIClient withoutKeySdk;

    @BeforeAll
    static void install() throws IOException {
        withKey = Installation.withKey(Files.createDirectory(folder.resolve("with-key")));
        withoutKey = Installation.withoutKey(Files.createDirectory(folder.resolve("without-key")));
        withKeySdk = sdk(withKey);
        withoutKeySdk = sdk(withoutKey);
    }

    @AfterAll
    static void remove() throws IOException {
        withKeySdk.close();
        withoutKeySdk.close();
        withKey.close();
        withoutKey.close();
    }

    @Test
    @RealClaude
    void answersAnUnmodifiedSdkOutOfTheRealClaude() throws Exception {
        var anthropic = withoutKey.freshAnthropic();

        try (var agent = withoutKey.connectAgent()) {
            anthropic.says("Hel", "lo");
            assertThat(plain(withoutKeySdk, "Say hello")).isEqualTo("Hello");
            assertCameFromClaudeCode(anthropic.awaitRequest());

            anthropic.says("Good ", "day");
            assertThat(streamed(withoutKeySdk, "Say good day")).isEqualTo("Good day");

            assertThat(agent.stop()).isZero();
            assertThat(agent.output()).contains("connected", "started (sonnet)").doesNotContain("Say hello", "Hello");
            withoutKey.awaitNoAgent();
        }
    }

    @Test
    @RealClaude
    void fallsBackToTheClaudeApiWhenTheAgentIsGone() throws Exception {
        var anthropic = withKey.freshAnthropic();

        try (var agent = withKey.connectAgent()) {
            anthropic.says("by the agent");
            assertThat(plain(withKeySdk, "Who are you?")).isEqualTo("by the agent");
            assertCameFromClaudeCode(anthropic.awaitRequest());

            agent.stop();
            withKey.awaitNoAgent();

            anthropic.says("by ", "the API");
            assertThat(streamed(withKeySdk, "Who are you?")).isEqualTo("by the API");
            assertThat(anthropic.awaitRequest().header("x-api-key")).contains(Installation.KEY);
        }
    }

    @Test
    void saysWhatToDoWhenNobodyCanAnswer() {
        withoutKey.awaitNoAgent();

        assertThatThrownBy(() -> plain(withoutKeySdk, "Anybody there?"))
                .isInstanceOfSatisfying(OpenAIServiceException.class, refused -> {
                    assertThat(refused.statusCode()).isEqualTo(503);
                    assertThat(refused.headers().values("Retry-After")).isNotEmpty();
                })
                .hasMessageContaining("codewise-agent.jar")
                .hasMessageContaining("ANTHROPIC_API_KEY");
    }

    @Test
    @RealClaude
    @NodeClients
    void answersTheSdkForNode() throws Exception {
        withoutKey.freshAnthropic().says("Hello ", "Node").says("Hello ", "stream");

        try (var agent = withoutKey.connectAgent()) {
            JsonNode seen = withoutKey.node("first-light.mjs", "Say hello");

            assertThat(seen.get("models").toString()).isEqualTo("[\"sonnet\",\"opus\",\"haiku\"]");
            assertThat(seen.at("/plain/text").asString()).as("%s", seen).isEqualTo("Hello Node");
            assertThat(seen.at("/plain/finish").asString()).isEqualTo("stop");
            assertThat(seen.at("/plain/usage/total_tokens").asInt()).isPositive();
            assertThat(seen.at("/plain/requestId").asString()).startsWith("req_");
            assertThat(seen.at("/streamed/text").asString()).isEqualTo("Hello stream");
            assertThat(seen.at("/streamed/finish").asString()).isEqualTo("stop");
            assertThat(seen.at("/streamed/usage/completion_tokens").asInt()).isPositive();
            agent.stop();
        }
        withoutKey.awaitNoAgent();

        JsonNode alone = withoutKey.node("first-light.mjs", "Anybody there?");

        assertThat(alone.at("/plain/status").asInt()).isEqualTo(503);
        assertThat(alone.at("/streamed/status").asInt()).isEqualTo(503);
        assertThat(alone.at("/streamed/message").asString()).contains("codewise-agent.jar");
    }

    @Test
    @RealClaude
    @NodeClients
    void givesResponsesToTheSdkForNode() throws Exception {
        withoutKey.freshAnthropic().says("Hello ", "Node").says("Hello ", "stream");

        try (var agent = withoutKey.connectAgent()) {
            JsonNode seen = withoutKey.node("responses.mjs");

            assertThat(seen.at("/plain/text").asString()).as("%s", seen).isEqualTo("Hello Node");
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
            assertThat(withoutKey.output()).doesNotContain("Say hello", "Hello ");
            assertThat(agent.output()).doesNotContain("Say hello", "Hello ");
        }
    }

    private static void assertCameFromClaudeCode(ApiRequest request) {
        assertThat(request.header("user-agent")).get().asString().contains("claude-cli");
    }

    private static List<String> textsOf(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    private static OpenAIClient sdk(Installation installation) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(installation.url().resolve("/v1").toString())
                .apiKey("unused")
                .maxRetries(0)
                .build();
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
}
