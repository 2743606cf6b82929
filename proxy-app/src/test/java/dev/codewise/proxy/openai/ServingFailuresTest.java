package dev.codewise.proxy.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.completion.CompletionEnded.Outcome;
import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;
import dev.codewise.proxy.completion.FinishReason;
import dev.codewise.proxy.completion.ScriptedProvider;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import reactor.core.publisher.Flux;

/** Answers that a model gives to their end, and that the format of the client cannot tell. */
@OpenAiSlice
class ServingFailuresTest {

    private static final String FUNCTIONS = """
            {"model":"sonnet","stream":%s,"messages":[{"role":"user","content":"Hi"}],\
            "functions":[{"name":"look"},{"name":"go"}]}""";
    private static final String MESSAGE = """
            {"model":"sonnet","max_tokens":9,"messages":[{"role":"user","content":"Hi"}]}""";

    @Autowired
    private ScriptedProvider provider;

    @Autowired
    private Outcomes outcomes;

    @LocalServerPort
    private int port;

    private Wire wire;

    @BeforeEach
    void connect() {
        wire = new Wire(port);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void areFailuresForOneWhoKnowsOneFunctionAtATime(boolean stream) throws Exception {
        calls(new ToolCallPiece(0, "a", "look", "{}"), new ToolCallPiece(1, "b", "go", "{}"));

        var response = ask(Wire.CHAT, FUNCTIONS.formatted(stream));

        assertThat(response.body()).contains("several functions", "upstream_error");
        assertFailed();
    }

    @Test
    void areFailuresWhereTheInputOfAToolIsNoJson() throws Exception {
        calls(new ToolCallPiece(0, "a", "look", "{\"at"));

        var response = ask("/v1/messages", MESSAGE);

        assertThat(response.statusCode()).isEqualTo(502);
        assertFailed();
    }

    private void calls(ToolCallPiece... pieces) {
        provider.plays(Flux.<CompletionEvent>just(new Taken(provider.self()))
                .concatWith(Flux.fromArray(pieces))
                .concatWithValues(new Finished(FinishReason.TOOL_CALLS, ScriptedProvider.USAGE, null, null)));
    }

    private HttpResponse<String> ask(String path, String body) throws Exception {
        return wire.post(path, body, "content-type", "application/json");
    }

    private void assertFailed() {
        assertThat(outcomes.of(provider.lastRequest().id())).isEqualTo(Outcome.FAILED);
    }
}
