package dev.codewise.proxy.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.completion.FinishReason;
import dev.codewise.proxy.completion.ScriptedProvider;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import reactor.core.publisher.Sinks;

/** Requests that are sent again under the same key. */
@OpenAiSlice
class RepeatedRequestsTest {

    private static final String STREAM = """
            {"model":"sonnet","stream":true,"messages":[{"role":"user","content":"Hi"}]}""";
    private static final String PLAIN = STREAM.replace("true", "false");

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
    @ValueSource(strings = {STREAM, "{\"model\":\"sonnet\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"})
    void getTheSameAnswerAgain(String body) throws Exception {
        provider.says("Hel", "lo");
        String key = "after" + body.length();

        var first = send(key, body);
        var second = send(key, body);

        assertThat(provider.asked()).isEqualTo(1);
        assertThat(withoutTime(second)).isEqualTo(withoutTime(first)).contains("lo");
    }

    @Test
    void attachToTheRunThatIsUnderWay() throws Exception {
        Sinks.Many<CompletionEvent> events = Sinks.many().unicast().onBackpressureBuffer();
        provider.plays(events.asFlux());
        events.emitNext(new Taken(provider.self()), Sinks.EmitFailureHandler.FAIL_FAST);
        events.emitNext(new Text("Hel"), Sinks.EmitFailureHandler.FAIL_FAST);
        try (Socket first = dial("during");
                Socket second = dial("during")) {
            var lines = Wire.linesOf(first).iterator();
            var others = Wire.linesOf(second).iterator();
            skipTo("\"Hel\"", lines::next);
            skipTo("\"Hel\"", others::next);

            events.emitNext(new Finished(FinishReason.STOP, null, null, null), Sinks.EmitFailureHandler.FAIL_FAST);
            events.emitComplete(Sinks.EmitFailureHandler.FAIL_FAST);

            skipTo("[DONE]", lines::next);
            skipTo("[DONE]", others::next);
            assertThat(provider.asked()).isEqualTo(1);
        }
    }

    @Test
    void goOnWhileOneOfThemIsThere() throws Exception {
        provider.stallsAfter("Hel");
        Socket first = dial("leaving");
        Socket second = dial("leaving");
        skipTo("\"Hel\"", Wire.linesOf(first).iterator()::next);
        skipTo("\"Hel\"", Wire.linesOf(second).iterator()::next);

        first.close();
        await().during(Duration.ofMillis(300)).until(() -> provider.cancelled() == 0);
        second.close();

        await().until(() -> provider.cancelled() == 1);
        assertThat(provider.asked()).isEqualTo(1);
    }

    @Test
    void areRefusedWhereTheyAreOthers() throws Exception {
        provider.says("Hello");
        send("other", PLAIN);

        var response = send("other", PLAIN.replace("Hi", "Ho"));

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(response.headers().firstValue("x-should-retry")).hasValue("false");
        assertThat(response.body()).contains("idempotency_conflict");
        assertThat(provider.asked()).isEqualTo(1);
    }

    @Test
    void areDoneAgainWhereTheFirstFailed() throws Exception {
        provider.fails(Reason.PROVIDER_FAILED, "Hel");
        assertThat(send("failed", PLAIN).statusCode()).isEqualTo(502);
        provider.says("Hello");

        assertThat(send("failed", PLAIN).body()).contains("Hello");
    }

    @Test
    void areDoneAgainWhereTheAnswerWasTooLargeToKeep() throws Exception {
        provider.says("x".repeat(300_000));

        send("large", PLAIN);
        send("large", PLAIN);

        assertThat(provider.asked()).isEqualTo(2);
    }

    @Test
    void needAKeyOfReasonableLength() throws Exception {
        var response = send("k".repeat(256), PLAIN);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"param\":\"Idempotency-Key\"");
    }

    private HttpResponse<String> send(String key, String body) throws Exception {
        return wire.post(Wire.CHAT, body, "content-type", "application/json", ChatAnswers.KEY, key);
    }

    private Socket dial(String key) throws IOException {
        return wire.dial("POST " + Wire.CHAT + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                + ChatAnswers.KEY + ": " + key + "\r\nContent-Length: " + STREAM.length() + "\r\n\r\n" + STREAM);
    }

    private static void skipTo(String word, Supplier<String> lines) {
        assertThat(Stream.generate(lines).filter(line -> line.contains(word)).findFirst())
                .isPresent();
    }

    private static String withoutTime(HttpResponse<String> response) {
        return response.body().replaceAll("\"created\":\\d+", "");
    }
}
