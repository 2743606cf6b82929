package dev.codewise.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import dev.codewise.fixtures.ApiAnswer;
import dev.codewise.fixtures.ApiRequest;
import dev.codewise.fixtures.FakeAnthropic;
import dev.codewise.fixtures.RealClaude;
import dev.codewise.fixtures.SpokenAnswer;
import dev.codewise.proxy.EveryWay.Call;
import dev.codewise.proxy.EveryWay.Heard;
import dev.codewise.proxy.Installation.Ended;
import dev.codewise.proxy.completion.FinishReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The client's own tools on the whole way: official SDKs, the proxy's jar, the agent's jar, the real Claude Code. */
@Tag("long")
@RealClaude
class ClientToolsIT {

    private static final String WEATHER = "mcp__c__weather";
    private static final SpokenAnswer CALLS = ApiAnswer.says("Let me see.")
            .thenCallsTool("toolu_1", WEATHER, "{\"city\":", "\"Ulm\"}")
            .thenCallsTool("toolu_2", WEATHER, "{\"city\":\"Bonn\"}");

    @TempDir
    private static Path folder;

    private static Installation codewise;
    private static FakeAnthropic anthropic;
    private static AgentProcess agent;
    private static OpenAIClient sdk;

    @BeforeAll
    static void install() throws Exception {
        codewise = Installation.withoutKey(Files.createDirectory(folder.resolve("codewise")));
        anthropic = codewise.freshAnthropic();
        agent = codewise.connectAgent();
        sdk = OpenAIOkHttpClient.builder()
                .baseUrl(codewise.url().resolve("/v1").toString())
                .apiKey("unused")
                .maxRetries(0)
                .build();
    }

    @AfterAll
    static void remove() throws IOException {
        sdk.close();
        agent.close();
        codewise.close();
    }

    @BeforeEach
    void begin() {
        anthropic.forget();
    }

    @Test
    void areCalledForTheSdkForJavaInOnePiece() {
        roundTrip(params -> sdk.chat().completions().create(params));
    }

    @Test
    void areCalledForTheSdkForJavaAsAStream() {
        roundTrip(ClientToolsIT::streamed);
    }

    private static ChatCompletion streamed(ChatCompletionCreateParams params) {
        var accumulator = ChatCompletionAccumulator.create();
        try (var stream = sdk.chat().completions().createStreaming(params)) {
            stream.stream().forEach(accumulator::accumulate);
        }
        return accumulator.chatCompletion();
    }

    private void roundTrip(Function<ChatCompletionCreateParams, ChatCompletion> ask) {
        anthropic.next(CALLS).says("21 C ", "in both.");
        var question = question();

        var called = ask.apply(question.build()).choices().get(0);
        question.addMessage(called.message());
        var calls = called.message().toolCalls().orElseThrow().stream()
                .map(call -> call.asFunction())
                .toList();
        calls.forEach(call -> question.addMessage(result(call)));
        var answer = ask.apply(question.build()).choices().get(0);

        assertThat(called.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
        assertThat(called.message().content()).contains("Let me see.");
        assertThat(calls)
                .extracting(call -> call.id() + " " + call.function().name()
                        + call.function().arguments())
                .containsExactly("toolu_1 weather{\"city\":\"Ulm\"}", "toolu_2 weather{\"city\":\"Bonn\"}");
        assertThat(answer.message().content()).contains("21 C in both.");
        assertThat(answer.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
        assertThat(offered(anthropic.awaitRequest())).isEqualTo("[\"" + WEATHER + "\"]");
        assertThat(results(anthropic.awaitRequest())).containsExactly("toolu_1 21 C", "toolu_2 21 C");
    }

    private static ChatCompletionCreateParams.Builder question() {
        var schema = FunctionParameters.builder()
                .putAdditionalProperty("type", JsonValue.from("object"))
                .putAdditionalProperty("properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                .build();
        return ChatCompletionCreateParams.builder()
                .model("sonnet")
                .addUserMessage("How is the weather?")
                .addTool(ChatCompletionFunctionTool.builder()
                        .function(FunctionDefinition.builder()
                                .name("weather")
                                .parameters(schema)
                                .build())
                        .build());
    }

    private static ChatCompletionToolMessageParam result(ChatCompletionMessageFunctionToolCall call) {
        return ChatCompletionToolMessageParam.builder()
                .toolCallId(call.id())
                .content("21 C")
                .build();
    }

    @Test
    @NodeClients
    void areCalledForTheSdksForNodeInEveryWay() throws Exception {
        IntStream.range(0, 6).forEach(way -> anthropic.next(CALLS).says("21 C ", "in both."));

        JsonNode seen = codewise.node("tools.mjs");

        assertThat(seen).as("%s", seen).hasSize(6).allSatisfy(way -> {
            assertThat(way.path("calls").toString())
                    .isEqualTo("[{\"id\":\"toolu_1\",\"name\":\"weather\",\"input\":\"{\\\"city\\\":\\\"Ulm\\\"}\"},"
                            + "{\"id\":\"toolu_2\",\"name\":\"weather\",\"input\":\"{\\\"city\\\":\\\"Bonn\\\"}\"}]");
            assertThat(way.path("text").asString()).isEqualTo("21 C in both.");
        });
        assertThat(textsAt("/end", seen))
                .containsExactly("tool_calls", "tool_calls", "completed", "completed", "tool_use", "tool_use");
        assertThat(textsAt("/finish", seen))
                .containsExactly("stop", "stop", "completed", "completed", "end_turn", "end_turn");
        List<ApiRequest> requests = anthropic.requests();
        assertThat(requests).hasSize(12);
        assertThat(IntStream.range(0, 6).mapToObj(way -> results(requests.get(2 * way + 1))))
                .containsOnly(List.of("toolu_1 Ulm: 21 C", "toolu_2 Bonn: 21 C"));
    }

    @Test
    void areCalledAlikeInEveryFormat() throws Exception {
        anthropic.always(CALLS);
        var calls = List.of(
                new Call("toolu_1", "weather", "{\"city\":\"Ulm\"}"),
                new Call("toolu_2", "weather", "{\"city\":\"Bonn\"}"));

        List<Heard> heard = new EveryWay(codewise.url(), "any").ask("Hi", List.of("weather"));

        assertThat(heard)
                .isEqualTo(Collections.nCopies(6, new Heard("Let me see.", 11, 0, 7, FinishReason.TOOL_CALLS, calls)));
    }

    @Test
    void areThoseOfAnotherClaudeCode() throws Exception {
        Path file = Files.writeString(folder.resolve("note.txt"), "The word is heron.");
        anthropic.next(ApiAnswer.says("I read it.")
                .thenCallsTool("toolu_1", "mcp__c__Read", "{\"file_path\":\"" + file + "\"}"));
        anthropic.says("The word is ", "heron.");

        Ended answer = codewise.claudeCode("What is the word?", "--allowedTools", "Read");

        assertThat(answer).isEqualTo(new Ended(0, "The word is heron.\n"));
        assertThat(offered(anthropic.awaitRequest())).contains("mcp__c__Read", "mcp__c__Bash");
        assertThat(results(anthropic.awaitRequest()).toString()).contains("toolu_1", "The word is heron.");
    }

    private static String offered(ApiRequest request) {
        return request.body().path("tools").findValues("name").toString();
    }

    /** Of the last message: which call each result is of, and its text; a process that waited tells them in any order. */
    private static List<String> results(ApiRequest request) {
        JsonNode messages = request.body().path("messages");
        return messages.path(messages.size() - 1)
                .path("content")
                .valueStream()
                .filter(block -> block.path("type").asString().equals("tool_result"))
                .map(block -> block.path("tool_use_id").asString() + " " + text(block.path("content")))
                .sorted()
                .toList();
    }

    private static String text(JsonNode content) {
        return content.isString() ? content.asString() : String.join("", textsAt("/text", content));
    }

    private static List<String> textsAt(String pointer, JsonNode array) {
        return array.valueStream().map(each -> each.at(pointer).asString("")).toList();
    }
}
