package dev.codewise.proxy.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.completion.CompletionEnded.Outcome;
import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;
import dev.codewise.proxy.completion.ScriptedProvider;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import reactor.core.publisher.Flux;

/** An answer without an end, for whom it would have to be held. */
@OpenAiSlice
class AnswerLimitTest {

    private static final String CHAT = """
            {"model":"sonnet","max_tokens":9,"messages":[{"role":"user","content":"Hi"}],"stream":%s}""";
    private static final String RESPONSE = """
            {"model":"sonnet","input":"Hi","stream":%s}""";

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
        provider.plays(Flux.<CompletionEvent>just(new Taken(provider.self()))
                .concatWith(Flux.<CompletionEvent>just(new Text("x".repeat(1024 * 1024)))
                        .repeat()));
    }

    @ParameterizedTest
    @CsvSource({Wire.CHAT + ",stream", "/v1/responses,response", "/v1/messages,stream"})
    void endsWhatIsWantedInOnePiece(String path, String word) throws Exception {
        var response = ask(path, false, "x-none", "x");

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.headers().firstValue("x-should-retry")).hasValue("false");
        assertThat(response.body()).contains(word);
        assertFailed();
    }

    @Test
    void endsWhatMayBeAskedForAgain() throws Exception {
        var response = ask(Wire.CHAT, true, ChatAnswers.KEY, "endless");

        assertThat(response.body()).hasSizeBetween(3_000_000, 5_000_000).contains("upstream_error", ChatAnswers.KEY);
        assertFailed();
    }

    /** What is said of a call is held too, and a call without arguments is not nothing. */
    @ParameterizedTest
    @ValueSource(strings = {Wire.CHAT, "/v1/responses", "/v1/messages"})
    void endsCallsWithoutEnd(String path) throws Exception {
        provider.plays(Flux.<CompletionEvent>just(new Taken(provider.self()))
                .concatWith(
                        Flux.range(0, 20_000).map(index -> new ToolCallPiece(index, "x".repeat(1000), "look", ""))));

        var response = ask(path, false, "x-none", "x");

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("longer than");
        assertFailed();
    }

    private HttpResponse<String> ask(String path, boolean stream, String header, String value) throws Exception {
        String question = path.equals("/v1/responses") ? RESPONSE : CHAT;
        return wire.post(path, question.formatted(stream), "content-type", "application/json", header, value);
    }

    private void assertFailed() {
        assertThat(outcomes.of(provider.lastRequest().id())).isEqualTo(Outcome.FAILED);
        assertThat(provider.cancelled()).isEqualTo(1);
    }
}
