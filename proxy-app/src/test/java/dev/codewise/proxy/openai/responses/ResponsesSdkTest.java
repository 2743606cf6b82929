package dev.codewise.proxy.openai.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.SseException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseItem;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.inputitems.InputItemListParams;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.completion.FinishReason;
import dev.codewise.proxy.completion.ScriptedProvider;
import dev.codewise.proxy.openai.SdkClient;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import reactor.core.publisher.Flux;

/** The official SDK against the real wire: what it makes of our responses is what clients get. */
@ResponsesSlice
class ResponsesSdkTest {

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
    void readsAResponseInOnePiece() {
        provider.says("Hel", "lo");

        var response = client.responses().create(question()).validate();

        assertThat(textOf(response)).isEqualTo("Hello");
        assertThat(response.status()).hasValue(ResponseStatus.COMPLETED);
        assertThat(response.model().asString()).isEqualTo("claude-sonnet-4-5");
        assertThat(response.usage().orElseThrow().totalTokens()).isEqualTo(122);
    }

    @Test
    void readsAStream() {
        provider.says("Hel", "lo");

        var response = accumulated(question());

        assertThat(textOf(response.validate())).isEqualTo("Hello");
        assertThat(response.usage().orElseThrow().totalTokens()).isEqualTo(122);
    }

    @Test
    void getsACallAndGivesItsResult() {
        provider.plays(Flux.just(
                new Taken(provider.self()),
                new ToolCallPiece(0, "toolu_a", "look", "{\"at\""),
                new ToolCallPiece(0, null, null, ":1}"),
                new Finished(FinishReason.TOOL_CALLS, null, null, null)));
        for (Response asked : List.of(client.responses().create(question()), accumulated(question()))) {
            var call = asked.validate().output().get(0).asFunctionCall();
            assertThat(call.name()).isEqualTo("look");
            assertThat(call.arguments()).isEqualTo("{\"at\":1}");

            provider.says("A wall.");
            var response = client.responses().create(resultOf(call, asked.id())).validate();

            assertThat(textOf(response)).isEqualTo("A wall.");
            assertThat(response.previousResponseId()).hasValue(asked.id());
            assertThat(provider.lastRequest().turns()).hasSize(3);
        }
    }

    @Test
    void findsWhatIsKept() {
        provider.says("Hel", "lo");
        String id = client.responses().create(question()).id();

        assertThat(textOf(client.responses().retrieve(id).validate())).isEqualTo("Hello");
        assertThat(textOf(client.responses().cancel(id).validate())).isEqualTo("Hello");
        try (var again = client.responses().retrieveStreaming(id)) {
            assertThat(textOf(accumulated(again.stream().toList()))).isEqualTo("Hello");
        }
        client.responses().delete(id);
        assertThatThrownBy(() -> client.responses().retrieve(id)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void leafsThroughWhatWasAsked() {
        provider.says("Hello");
        var first = client.responses().create(question());
        var messages = List.of(
                ResponseInputItem.ofMessage(message("one")),
                ResponseInputItem.ofEasyInputMessage(EasyInputMessage.builder()
                        .role(EasyInputMessage.Role.ASSISTANT)
                        .content("two")
                        .build()),
                ResponseInputItem.ofMessage(message("three")));
        var second = client.responses()
                .create(ResponseCreateParams.builder()
                        .model("sonnet")
                        .previousResponseId(first.id())
                        .inputOfResponse(messages)
                        .build());

        var newestFirst = client.responses()
                .inputItems()
                .list(second.id(), InputItemListParams.builder().limit(2).build());
        var oldestFirst = client.responses()
                .inputItems()
                .list(
                        second.id(),
                        InputItemListParams.builder()
                                .order(InputItemListParams.Order.ASC)
                                .limit(2)
                                .build());

        assertThat(newestFirst.hasMore()).hasValue(true);
        assertThat(newestFirst.autoPager().stream().map(item -> textOf(item.validate())))
                .containsExactly("three", "two", "one");
        assertThat(oldestFirst.autoPager().stream().map(ResponsesSdkTest::textOf))
                .containsExactly("one", "two", "three");
    }

    private static ResponseInputItem.Message message(String text) {
        return ResponseInputItem.Message.builder()
                .role(ResponseInputItem.Message.Role.USER)
                .addInputTextContent(text)
                .build();
    }

    private static String textOf(ResponseItem item) {
        return item.isResponseInputMessageItem()
                ? item.asResponseInputMessageItem()
                        .content()
                        .get(0)
                        .asInputText()
                        .text()
                : item.asResponseOutputMessage().content().get(0).asOutputText().text();
    }

    @Test
    void knowsFailures() {
        provider.fails(Reason.PROVIDER_UNAVAILABLE);
        assertThatThrownBy(() -> client.responses().create(question())).isInstanceOf(InternalServerException.class);
        assertThatThrownBy(() -> accumulated(question())).isInstanceOf(InternalServerException.class);

        provider.fails(Reason.PROVIDER_FAILED, "Hel");
        assertThatThrownBy(() -> accumulated(question()))
                .isInstanceOfSatisfying(
                        SseException.class,
                        failure -> assertThat(failure.code()).hasValue("upstream_error"));
    }

    private static ResponseCreateParams question() {
        return ResponseCreateParams.builder()
                .model("sonnet")
                .instructions("Be brief.")
                .input("Hi")
                .build();
    }

    private static ResponseCreateParams resultOf(ResponseFunctionToolCall call, String responseId) {
        var output = ResponseInputItem.FunctionCallOutput.builder()
                .callId(call.callId())
                .output("a wall")
                .build();
        return ResponseCreateParams.builder()
                .model("sonnet")
                .previousResponseId(responseId)
                .inputOfResponse(List.of(ResponseInputItem.ofFunctionCallOutput(output)))
                .build();
    }

    private Response accumulated(ResponseCreateParams question) {
        try (var stream = client.responses().createStreaming(question)) {
            return accumulated(stream.stream().toList());
        }
    }

    private static Response accumulated(List<ResponseStreamEvent> events) {
        var whole = ResponseAccumulator.create();
        events.stream().map(ResponseStreamEvent::validate).forEach(whole::accumulate);
        return whole.response();
    }

    private static String textOf(Response response) {
        return response.output().stream()
                .flatMap(item -> item.asMessage().content().stream())
                .map(part -> part.asOutputText().text())
                .collect(Collectors.joining());
    }
}
