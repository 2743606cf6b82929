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
import java.net.http.HttpResponse;
import java.time.Duration;
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

/** Answers in one piece that take so long that something must be sent before they are there. */
@OpenAiSlice
@TestPropertySource(properties = {"codewise.openai.silence=100ms", "codewise.anthropic.silence=100ms"})
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

    private HttpResponse<String> ask(String path) throws Exception {
        String body = path.equals("/v1/responses") ? RESPONSE_REQUEST : REQUEST;
        return wire.post(path, body, "content-type", "application/json");
    }

    private Flux<CompletionEvent> later(Flux<CompletionEvent> rest) {
        return Flux.<CompletionEvent>just(new Taken(provider.self()))
                .concatWith(Mono.delay(Duration.ofMillis(400)).thenMany(rest));
    }
}
