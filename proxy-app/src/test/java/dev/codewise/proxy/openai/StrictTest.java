package dev.codewise.proxy.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.proxy.completion.CompletionEnded.Outcome;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.ScriptedProvider;
import dev.codewise.proxy.completion.Wishes.Kind;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import reactor.core.publisher.Flux;

/** What an operator gets who wants no field to be without effect. */
@OpenAiSlice
@TestPropertySource(properties = {"codewise.openai.strict=true", "codewise.anthropic.strict=true"})
class StrictTest {

    private static final String REQUEST = """
            {"model":"sonnet","messages":[{"role":"user","content":"Hi"}],"stream":%s,"stop":"x"%s}""";

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
        provider.says("Hello");
    }

    @Test
    void refusesAFieldThatNeverHasAnEffectBeforeAnybodyIsAsked() throws Exception {
        var response = wire.chat(REQUEST.formatted(false, ",\"seed\":5"));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"param\":\"seed\"", "CODEWISE_STRICT");
        assertThat(provider.asked()).isZero();
    }

    /** SDKs make their tools so; without them being so, what was promised of their calls would not be kept. */
    @Test
    void refusesToolsWhoseCallsAreToFitToTheLetter() throws Exception {
        provider.plays(Flux.concat(Flux.just(new Taken(provider.self(), Set.of(Kind.STRICT_CALLS))), Flux.never()));

        var response = wire.chat(REQUEST.formatted(
                false, ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"strict\":true}}]"));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"param\":\"tools[].function.strict\"", "CODEWISE_STRICT");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void refusesAFieldThatWhoeverTookTheRequestDoesNotHeed(boolean stream) throws Exception {
        provider.plays(Flux.concat(Flux.just(new Taken(provider.self(), Set.of(Kind.STOP))), Flux.never()));

        var response = wire.chat(REQUEST.formatted(stream, ""));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"param\":\"stop\"");
        await().until(() -> provider.cancelled() == 1);
        assertFailed();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/responses   | \"input\":\"Hi\",\"truncation\":\"auto\"      | truncation",
                "/v1/responses   | \"input\":\"Hi\",\"reasoning\":{\"summary\":\"auto\"} | reasoning.summary",
                "/v1/completions | \"prompt\":\"Hi\",\"seed\":5              | seed"
            })
    void refusesItInEveryFormat(String path, String fields, String param) throws Exception {
        var response = wire.post(path, "{\"model\":\"sonnet\"," + fields + "}", "content-type", "application/json");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"param\":\"" + param + "\"", "CODEWISE_STRICT");
        assertThat(provider.asked()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void refusesAWishThatIsNotHeededInResponsesToo(boolean stream) throws Exception {
        provider.plays(Flux.concat(Flux.just(new Taken(provider.self(), Set.of(Kind.EFFORT))), Flux.never()));

        var response = wire.post(
                "/v1/responses",
                "{\"model\":\"sonnet\",\"input\":\"Hi\",\"stream\":" + stream + "}",
                "content-type",
                "application/json");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"param\":\"reasoning.effort\"");
        await().until(() -> provider.cancelled() == 1);
        assertFailed();
    }

    @ParameterizedTest
    @CsvSource({"top_k,0", "stop_sequences,1"})
    void refusesItInMessagesToo(String field, int asked) throws Exception {
        provider.plays(Flux.concat(Flux.just(new Taken(provider.self(), Set.of(Kind.STOP))), Flux.never()));
        String value = field.equals("top_k") ? "5" : "[\"x\"]";

        var response = wire.post(
                "/v1/messages",
                REQUEST.formatted(false, ",\"max_tokens\":9,\"" + field + "\":" + value)
                        .replace("\"stop\":\"x\",", ""),
                "content-type",
                "application/json");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"type\":\"error\"", field + ": ", "CODEWISE_STRICT");
        assertThat(provider.asked()).isEqualTo(asked);
        if (asked > 0) {
            assertFailed();
        }
    }

    @Test
    void refusesItAlsoWhereTheRequestMayBeSentAgain() throws Exception {
        provider.plays(Flux.concat(Flux.just(new Taken(provider.self(), Set.of(Kind.STOP))), Flux.never()));

        var response = wire.post(
                Wire.CHAT, REQUEST.formatted(false, ""), "content-type", "application/json", ChatAnswers.KEY, "strict");

        assertThat(response.statusCode()).isEqualTo(400);
        assertFailed();
    }

    /** Nobody has hung up. */
    private void assertFailed() {
        assertThat(outcomes.of(provider.lastRequest().id())).isEqualTo(Outcome.FAILED);
    }

    @Test
    void answersWhereEveryFieldIsHonoured() throws Exception {
        assertThat(wire.chat(REQUEST.formatted(false, "")).statusCode()).isEqualTo(200);
    }
}
