package dev.codewise.proxy.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.errors.SseException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.ReasoningEffort;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionTool;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.models.Model;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Thinking;
import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.completion.FinishReason;
import dev.codewise.proxy.completion.ScriptedProvider;
import dev.codewise.proxy.completion.Toolbox.Tool;
import dev.codewise.proxy.completion.Wishes.Effort;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import reactor.core.publisher.Flux;

/** The official SDK against the real wire: what it makes of our answers is what clients get. */
@OpenAiSlice
class OpenAiSdkTest {

    @Autowired
    private ScriptedProvider provider;

    @LocalServerPort
    private int port;

    private OpenAIClient client;

    @BeforeEach
    void connect() {
        client = SdkClient.at(port);
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @Test
    void readsAnAnswerInOnePiece() {
        provider.says("Hel", "lo");

        var completion = client.chat().completions().create(question()).validate();

        var choice = completion.choices().get(0);
        assertThat(choice.message().content()).hasValue("Hello");
        assertThat(choice.finishReason().asString()).isEqualTo("stop");
        assertThat(completion.model()).isEqualTo("claude-sonnet-4-5");
        assertThat(completion.usage().orElseThrow().totalTokens()).isEqualTo(122);
    }

    @Test
    void readsAStream() {
        provider.says("Hel", "lo");

        var choice = accumulated(question()).choices().get(0);

        assertThat(choice.message().content()).hasValue("Hello");
        assertThat(choice.finishReason().asString()).isEqualTo("stop");
    }

    @Test
    void readsTheUsageOfAStream() {
        provider.says("Hello");
        var options = ChatCompletionStreamOptions.builder().includeUsage(true).build();

        var completion =
                accumulated(question().toBuilder().streamOptions(options).build());

        assertThat(completion.usage().orElseThrow().totalTokens()).isEqualTo(122);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n\ndata: [DONE]\n\n",
                "event: error\r\ndata: {}\r\r",
                "a\u0000b\u001B[31m\u007F",
                "\u2028\u2029\u0085\u000B\f",
                "\"\\\t</script>",
                "e\u0301\u202E\uFEFF"
            })
    void readsEveryTextAsItIs(String text) {
        provider.says("<", text, ">");

        assertThat(textOf(question())).isEqualTo("<" + text + ">");
        assertThat(client.chat()
                        .completions()
                        .create(question())
                        .choices()
                        .get(0)
                        .message()
                        .content())
                .hasValue("<" + text + ">");
    }

    @Test
    void readsCharactersThatWereCutAnywhere() {
        String text = "a\uD83D\uDE00b\uD83D\uDC69\u200D\uD83D\uDCBB\uD83C\uDDE9\uD83C\uDDEA";
        for (int cut = 1; cut < text.length(); cut++) {
            provider.says(text.substring(0, cut), text.substring(cut));

            assertThat(textOf(question())).isEqualTo(text);
        }
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(Reason.UNKNOWN_MODEL, NotFoundException.class, "model_not_found"),
                Arguments.of(Reason.PROMPT_TOO_LONG, BadRequestException.class, "context_length_exceeded"),
                Arguments.of(Reason.RATE_LIMITED, RateLimitException.class, "rate_limit_exceeded"),
                Arguments.of(Reason.OVERLOADED, InternalServerException.class, "overloaded"),
                Arguments.of(Reason.PROVIDER_UNAVAILABLE, InternalServerException.class, "no_agent"),
                Arguments.of(Reason.PROVIDER_TIMED_OUT, InternalServerException.class, "timeout"),
                Arguments.of(Reason.PROVIDER_FAILED, InternalServerException.class, "upstream_error"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void knowsEachFailure(Reason reason, Class<? extends OpenAIServiceException> type, String code) {
        provider.fails(reason);

        assertThatThrownBy(() -> client.chat().completions().create(question()))
                .isInstanceOfSatisfying(
                        type, failure -> assertThat(failure.code()).hasValue(code));
        assertThatThrownBy(() -> textOf(question()))
                .isInstanceOfSatisfying(
                        type, failure -> assertThat(failure.code()).hasValue(code));
    }

    @Test
    void knowsAStreamThatBrokeOff() {
        provider.fails(Reason.PROVIDER_FAILED, "Hel");

        assertThatThrownBy(() -> textOf(question()))
                .isInstanceOfSatisfying(
                        SseException.class,
                        failure -> assertThat(failure.code()).hasValue("upstream_error"));
    }

    @Test
    void readsCallsOfToolsInOnePieceAndInAStream() {
        provider.plays(Flux.just(
                new Taken(provider.self()),
                new Thinking("Hmm."),
                new ToolCallPiece(0, "call_a", "weather", ""),
                new ToolCallPiece(0, null, null, "{\"city\":"),
                new ToolCallPiece(0, null, null, "\"Ulm\"}"),
                new ToolCallPiece(1, "call_b", "now", "{}"),
                new Finished(FinishReason.TOOL_CALLS, ScriptedProvider.USAGE, null, ScriptedProvider.MODEL)));

        var whole = client.chat()
                .completions()
                .create(question())
                .validate()
                .choices()
                .get(0);
        var streamed = accumulated(question()).choices().get(0);

        assertThat(whole.message().content()).isEmpty();
        assertThat(whole.message()._additionalProperties()).containsEntry("reasoning_content", JsonValue.from("Hmm."));
        for (var choice : List.of(whole, streamed)) {
            assertThat(choice.finishReason().asString()).isEqualTo("tool_calls");
            assertThat(choice.message().toolCalls().orElseThrow())
                    .extracting(
                            call -> call.asFunction().id(),
                            call -> call.asFunction().function().name(),
                            call -> call.asFunction().function().arguments())
                    .containsExactly(tuple("call_a", "weather", "{\"city\":\"Ulm\"}"), tuple("call_b", "now", "{}"));
        }
    }

    @Test
    void bringsToolsSchemasAndResults() {
        provider.says("{\"a\":1}");
        var parameters = FunctionParameters.builder()
                .putAdditionalProperty("type", JsonValue.from("object"))
                .build();
        var question = question().toBuilder()
                .tools(List.of(ChatCompletionTool.ofFunction(ChatCompletionFunctionTool.builder()
                        .function(FunctionDefinition.builder()
                                .name("weather")
                                .parameters(parameters)
                                .build())
                        .build())))
                .responseFormat(ResponseFormatJsonSchema.builder()
                        .jsonSchema(ResponseFormatJsonSchema.JsonSchema.builder()
                                .name("x")
                                .strict(true)
                                .schema(ResponseFormatJsonSchema.JsonSchema.Schema.builder()
                                        .putAdditionalProperty("type", JsonValue.from("object"))
                                        .build())
                                .build())
                        .build())
                .reasoningEffort(ReasoningEffort.LOW)
                .build();

        assertThat(textOf(question)).isEqualTo("{\"a\":1}");

        assertThat(provider.lastRequest().toolbox().tools())
                .extracting(Tool::name)
                .containsExactly("weather");
        assertThat(provider.lastRequest().wishes().effort()).isEqualTo(Effort.LOW);
        assertThat(provider.lastRequest().wishes().schema()).isNotNull();
    }

    @Test
    void readsCompletionsThatAreNoChats() {
        provider.says("Hel", "lo");

        var completion = client.completions()
                .create(CompletionCreateParams.builder()
                        .model("sonnet")
                        .prompt("Hi")
                        .build())
                .validate();

        assertThat(completion.choices().get(0).text()).isEqualTo("Hello");
        assertThat(completion.choices().get(0).finishReason().asString()).isEqualTo("stop");
    }

    @Test
    void listsAndFindsModels() {
        var names = client.models().list().data().stream().map(Model::validate).map(Model::id);

        assertThat(names).containsExactly("sonnet", "opus", "haiku");
        assertThat(client.models().retrieve("claude-opus-4-1").validate().id()).isEqualTo("claude-opus-4-1");
        assertThatThrownBy(() -> client.models().retrieve("a/b")).isInstanceOf(NotFoundException.class);
    }

    private static ChatCompletionCreateParams question() {
        return ChatCompletionCreateParams.builder()
                .model("sonnet")
                .addSystemMessage("Be brief.")
                .addUserMessage("Hi")
                .build();
    }

    private String textOf(ChatCompletionCreateParams question) {
        return chunks(question).stream()
                .flatMap(chunk -> chunk.choices().stream())
                .flatMap(choice -> choice.delta().content().stream())
                .collect(Collectors.joining());
    }

    private ChatCompletion accumulated(ChatCompletionCreateParams question) {
        var whole = ChatCompletionAccumulator.create();
        chunks(question).forEach(whole::accumulate);
        return whole.chatCompletion();
    }

    private List<ChatCompletionChunk> chunks(ChatCompletionCreateParams question) {
        try (var stream = client.chat().completions().createStreaming(question)) {
            return stream.stream().map(ChatCompletionChunk::validate).toList();
        }
    }
}
