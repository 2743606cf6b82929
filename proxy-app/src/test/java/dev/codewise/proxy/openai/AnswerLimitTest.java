package dev.codewise.proxy.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.completion.CompletionEnded.Outcome;
import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.ScriptedProvider;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import reactor.core.publisher.Flux;

/** An answer without an end, for whom it would have to be held. */
@OpenAiSlice
class AnswerLimitTest {

    private static final String CHAT = """
            {"model":"sonnet","messages":[{"role":"user","content":"Hi"}],"stream":%s}""";
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
    @CsvSource({Wire.CHAT + ",stream", "/v1/responses,response"})
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

    private HttpResponse<String> ask(String path, boolean stream, String header, String value) throws Exception {
        String question = path.equals(Wire.CHAT) ? CHAT : RESPONSE;
        return wire.post(path, question.formatted(stream), "content-type", "application/json", header, value);
    }

    private void assertFailed() {
        assertThat(outcomes.of(provider.lastRequest().id())).isEqualTo(Outcome.FAILED);
        assertThat(provider.cancelled()).isEqualTo(1);
    }
}
