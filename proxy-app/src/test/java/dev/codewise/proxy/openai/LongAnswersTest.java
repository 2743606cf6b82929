package dev.codewise.proxy.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.completion.FinishReason;
import dev.codewise.proxy.completion.ScriptedProvider;
import dev.codewise.proxy.completion.Wishes.Kind;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Answers that take so long that something must be sent before they are there. */
@OpenAiSlice
@TestPropertySource(
        properties = {
            "codewise.openai.silence=100ms",
            "codewise.anthropic.beat=100ms",
            "codewise.anthropic.silence=100ms"
        })
class LongAnswersTest {

    private static final String REQUEST = """
            {"model":"sonnet","max_tokens":9,"messages":[{"role":"user","content":"Hi"}]}""";
    private static final String RESPONSE_REQUEST = """
            {"model":"sonnet","input":"Hi"}""";

    @Autowired
    private ScriptedProvider provider;

    @LocalServerPort
    private int port;

    private Wire wire;

    @BeforeEach
    void connect() {
        wire = new Wire(port);
    }

    @ParameterizedTest
    @ValueSource(strings = {Wire.CHAT, "/v1/responses", "/v1/messages"})
    void comeBehindWhiteSpace(String path) throws Exception {
        provider.plays(later(Flux.just(new Text("Hello"), new Finished(FinishReason.STOP, null, null, null))));

        var response = ask(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(response.body()).startsWith("\n");
        assertThat(JsonMapper.shared().readTree(response.body()).toString()).contains("Hello");
    }

    @ParameterizedTest
    @CsvSource({Wire.CHAT + ",upstream_error", "/v1/responses,upstream_error", "/v1/messages,api_error"})
    void sayInTheirBodyThatTheyFailed(String path, String type) throws Exception {
        provider.plays(later(Flux.error(new CompletionException(Reason.PROVIDER_FAILED, "Gone."))));

        var response = ask(path);

        assertThat(response.body()).startsWith("\n");
        var error = JsonMapper.shared().readTree(response.body()).path("error");
        assertThat(error.path("type").asString()).isEqualTo(type);
        assertThat(error.path("message").asString()).isEqualTo("Gone.");
    }

    @ParameterizedTest
    @CsvSource({Wire.CHAT + ",stop", "/v1/responses,stop", "/v1/messages,stop_sequences"})
    void sayInACommentWhatTheirHeaderCouldNotSay(String path, String field) throws Exception {
        provider.plays(Mono.delay(Duration.ofMillis(700))
                .thenMany(Flux.just(
                        new Taken(provider.self(), Set.of(Kind.STOP)),
                        new Text("Hello"),
                        new Finished(FinishReason.STOP, null, null, null))));

        var response = stream(path);

        assertThat(response.headers().firstValue(WithoutEffect.HEADER)).isEmpty();
        assertThat(response.body())
                .containsOnlyOnce("\n\n: x-codewise-ignored: " + field + "\n\n")
                .contains("Hello");
    }

    private HttpResponse<String> stream(String path) throws Exception {
        return send(path, "{\"stream\":true,");
    }

    private HttpResponse<String> ask(String path) throws Exception {
        return send(path, "{");
    }

    private HttpResponse<String> send(String path, String beginning) throws Exception {
        String body = path.equals("/v1/responses") ? RESPONSE_REQUEST : REQUEST;
        return wire.post(path, beginning + body.substring(1), "content-type", "application/json");
    }

    private Flux<CompletionEvent> later(Flux<CompletionEvent> rest) {
        return Flux.<CompletionEvent>just(new Taken(provider.self()))
                .concatWith(Mono.delay(Duration.ofMillis(400)).thenMany(rest));
    }
}
