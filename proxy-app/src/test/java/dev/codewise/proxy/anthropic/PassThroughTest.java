package dev.codewise.proxy.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.codewise.fixtures.ApiAnswer;
import dev.codewise.fixtures.ApiRequest;
import dev.codewise.fixtures.ApiUsage;
import dev.codewise.fixtures.FakeAnthropic;
import dev.codewise.proxy.completion.Answerer;
import dev.codewise.proxy.completion.CompletionEnded.Outcome;
import dev.codewise.proxy.completion.CompletionEnded.Told;
import dev.codewise.proxy.completion.FinishReason;
import dev.codewise.proxy.completion.Usage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What clients of the Messages API get where there is a key for the Claude API: that API itself. */
@AnthropicSlice
@DirtiesContext
class PassThroughTest {

    private static final String KEY = "sk-ant-made-up-of-the-operator";
    private static final String PLAIN =
            "{ \"model\" : \"claude-sonnet-5\",\"max_tokens\":5,\n\"unheard_of\":[1.50,{\"a\":null}],"
                    + "\"messages\":[{\"role\":\"user\",\"content\":\"H\\u00e4 😀\"}] }";
    private static final String STREAM = "{\"model\":\"sonnet\",\"max_tokens\":5,\"stream\":true,\"messages\":[]}";
    private static final Map<String, String> EVENTS = Map.of("content-type", "text/event-stream; charset=utf-8");
    private static final FakeAnthropic ANTHROPIC = started();

    @Autowired
    private Ends ends;

    @LocalServerPort
    private int port;

    private Client client;

    @DynamicPropertySource
    static void pointAtTheFake(DynamicPropertyRegistry properties) {
        properties.add("codewise.claude.api-key", () -> KEY);
        properties.add("codewise.claude.base-url", () -> ANTHROPIC.baseUrl() + "/behind/a/gateway/");
        properties.add("codewise.claude.silence-timeout", () -> "500ms");
        properties.add("codewise.claude.max-duration", () -> "3s");
    }

    private static FakeAnthropic started() {
        try {
            return FakeAnthropic.start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        ANTHROPIC.close();
    }

    @BeforeEach
    void connect() {
        client = new Client(port);
    }

    @Nested
    class AQuestion {

        @Test
        void arrivesByteForByte() throws Exception {
            ANTHROPIC.says("Hello");

            client.post("/v1/messages?beta=true&x=%7B%20", PLAIN);

            ApiRequest request = lastRequest();
            assertThat(request.target()).isEqualTo("/behind/a/gateway/v1/messages?beta=true&x=%7B%20");
            assertThat(request.text()).isEqualTo(PLAIN);
        }

        @ParameterizedTest
        @CsvSource({
            "sonnet,claude-sonnet-5",
            "opus,claude-opus-4-8",
            "gpt-4o,claude-sonnet-5",
            "claude-9-new,claude-9-new"
        })
        void namesTheModelAsTheApiKnowsIt(String asked, String passed) throws Exception {
            ANTHROPIC.says("Hello");

            var response = client.ask(PLAIN.replace("claude-sonnet-5", asked));

            assertThat(lastRequest().text()).isEqualTo(PLAIN.replace("claude-sonnet-5", passed));
            assertThat(ends.await(response).askedModel()).isEqualTo(asked);
        }

        @Test
        void bringsItsHeadersAndTheKeyOfTheOperatorOnly() throws Exception {
            ANTHROPIC.says("Hello");

            client.post(
                    Client.MESSAGES,
                    PLAIN,
                    "anthropic-version",
                    "2023-06-01",
                    "anthropic-beta",
                    "effort-2025-11-24,other",
                    "x-app",
                    "cli",
                    "user-agent",
                    "claude-cli/2",
                    "authorization",
                    "Bearer of-the-client",
                    "x-api-key",
                    "key-of-the-client",
                    "cookie",
                    "a=b",
                    "origin",
                    "http://localhost",
                    "x-forwarded-for",
                    "10.0.0.1",
                    "te",
                    "trailers");

            ApiRequest request = lastRequest();
            assertThat(request.header("x-api-key")).hasValue(KEY);
            assertThat(request.header("anthropic-version")).hasValue("2023-06-01");
            assertThat(request.header("anthropic-beta")).hasValue("effort-2025-11-24,other");
            assertThat(request.header("x-app")).hasValue("cli");
            assertThat(request.header("user-agent")).hasValue("claude-cli/2");
            assertThat(request.header("content-type")).hasValue("application/json");
            assertThat(List.of("authorization", "cookie", "origin", "x-forwarded-for", "te"))
                    .allSatisfy(name -> assertThat(request.header(name)).isEmpty());
        }

        @ParameterizedTest
        @ValueSource(strings = {"/v1/messages", "/v1/messages/count_tokens"})
        void isRefusedHereWhenItNamesNoModelOrAnUnknownOne(String path) throws Exception {
            int before = ANTHROPIC.requests().size();

            assertThat(client.post(path, "{\"model\":5}").statusCode()).isEqualTo(400);
            assertThat(client.post(path, "{\"model\":\"gpt-5\"}").body()).contains("not_found_error", "gpt-5");
            assertThat(ANTHROPIC.requests()).hasSize(before);
        }

        @Test
        void aboutTokensIsPassedOnToo() throws Exception {
            var response = client.post("/v1/messages/count_tokens?beta=true", PLAIN);

            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body()).contains("/behind/a/gateway/v1/messages/count_tokens");
            assertThat(ends.know(response)).isFalse();
        }
    }

    @Nested
    class AnAnswer {

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 7, 64, 1000})
        void arrivesByteForByteHoweverItIsCut(int longest) throws Exception {
            byte[] sent = anyBytes();
            ANTHROPIC.next(ApiAnswer.sends(EVENTS, pieces(sent, longest)));

            HttpResponse<byte[]> response = client.post(Client.MESSAGES, STREAM, BodyHandlers.ofByteArray());

            assertThat(response.body()).isEqualTo(sent);
            assertThat(response.headers().firstValue("content-type")).hasValue("text/event-stream; charset=utf-8");
            assertThat(ends.await(response).outcome()).isEqualTo(Outcome.ANSWERED);
            assertThat(ends.await(response).answeredBy()).isEqualTo(new Answerer("anthropic", null));
        }

        /** Events, halves of characters, and bytes that are no text at all. */
        private static byte[] anyBytes() {
            var bytes = new ByteArrayOutputStream();
            bytes.writeBytes(
                    "event: ping\r\ndata: {\"x\":\"äöü日本😀\u2028\"}\n\n: beat\n".getBytes(StandardCharsets.UTF_8));
            byte[] noise = new byte[2_000];
            new Random(42).nextBytes(noise);
            bytes.writeBytes(noise);
            bytes.writeBytes("\n\nevent: message_stop\ndata: {}\n\n".getBytes(StandardCharsets.UTF_8));
            return bytes.toByteArray();
        }

        private static List<byte[]> pieces(byte[] bytes, int longest) {
            var pieces = new ArrayList<byte[]>();
            for (int from = 0; from < bytes.length; from += longest) {
                pieces.add(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + longest)));
            }
            return pieces;
        }

        @Test
        void isTheSameAsWithoutTheProxy() throws Exception {
            ANTHROPIC.says("Hel", "lo").says("Hel", "lo").says("Hello").says("Hello");
            var direct = new Client(ANTHROPIC.baseUrl().getPort());

            assertThat(client.ask(STREAM.replace("sonnet", "claude-sonnet-5")).body())
                    .isEqualTo(direct.ask(STREAM.replace("sonnet", "claude-sonnet-5"))
                            .body())
                    .contains("message_stop");
            assertThat(client.ask(PLAIN).body()).isEqualTo(direct.ask(PLAIN).body());
        }

        @ParameterizedTest
        @ValueSource(strings = {STREAM, PLAIN})
        void tellsOnItsWayHowManyTokensItTook(String question) throws Exception {
            ANTHROPIC.next(ApiAnswer.says("Hel", "lo").uses(new ApiUsage(3, 5, 20, 10, 2)));

            var response = client.post(Client.MESSAGES, question, "accept-encoding", "gzip");

            assertThat(lastRequest().header("accept-encoding")).isEmpty();
            assertThat(ends.await(response).told())
                    .isEqualTo(new Told(new Usage(3, 5, 20, 10, 2), FinishReason.STOP, "claude-sonnet-5", null));
        }

        @Test
        void tellsWhatItTookSoFarWhereItBreaksOff() throws Exception {
            ANTHROPIC.next(
                    ApiAnswer.says("Hel", "lo").uses(new ApiUsage(3, 5, 20, 10)).hangsUpAfter(1));

            var response = client.ask(STREAM);

            assertThat(ends.await(response).usage()).isEqualTo(new Usage(3, 1, 20, 10, 0));
        }

        @Test
        void mayTakeItsTimeWhereItComesInOnePiece() throws Exception {
            ANTHROPIC.next(ApiAnswer.says("Hello").pausing(Duration.ofMillis(800)));

            var response = client.ask(PLAIN);

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).contains("Hello");
        }

        @Test
        void hasAnEndToItsTimeInOnePieceToo() throws Exception {
            ANTHROPIC.stalls();

            var response = client.ask(PLAIN);

            assertThat(response.statusCode()).isEqualTo(504);
            assertThat(response.body()).contains("said nothing for 3 seconds");
        }

        @Test
        void bringsItsHeadersButNotThoseOfItsConnectionAndHost() throws Exception {
            var headers = Map.of(
                    "content-type", "application/json",
                    "anthropic-ratelimit-requests-remaining", "7",
                    "set-cookie", "a=b",
                    "access-control-allow-origin", "*",
                    "connection", "close, x-hop",
                    "x-hop", "1");
            ANTHROPIC.next(ApiAnswer.sends(headers, List.of("{}".getBytes(StandardCharsets.UTF_8))));

            var response = client.ask(PLAIN);

            assertThat(response.headers().firstValue("request-id")).hasValue("req_fake");
            assertThat(response.headers().firstValue("x-request-id").orElseThrow())
                    .startsWith("req_");
            assertThat(response.headers().firstValue("anthropic-ratelimit-requests-remaining"))
                    .hasValue("7");
            assertThat(response.headers().map()).doesNotContainKeys("set-cookie", "access-control-allow-origin");
        }

        @ParameterizedTest
        @CsvSource({
            "429,rate_limit_error",
            "529,overloaded_error",
            "400,invalid_request_error",
            "401,authentication_error"
        })
        void isAFailureAsTheApiTellsIt(int status, String type) throws Exception {
            ANTHROPIC.next(
                    ApiAnswer.fails(status, type).saying("Upstream says no").retryAfter(Duration.ofSeconds(7)));

            var response = client.ask(STREAM);

            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(response.body()).contains(type, "Upstream says no", "req_fake");
            assertThat(response.headers().firstValue("retry-after")).hasValue("7");
            assertThat(ends.await(response).outcome()).isEqualTo(Outcome.FAILED);
            assertThat(ends.await(response).answeredBy()).isNull();
        }

        @Test
        void comesAsItIsSaid() throws Exception {
            ANTHROPIC.next(ApiAnswer.says("Hel", "lo").stallsAfter(1));

            try (Socket socket = client.dial(STREAM)) {
                var seen = new StringBuilder();
                while (seen.indexOf("Hel") < 0) {
                    seen.append((char) socket.getInputStream().read());
                }

                assertThat(seen).contains("message_start").doesNotContain("error");
            }
        }

        @Test
        void waitsForAClientThatReadsSlowlyForLongerThanTheApiMayBeSilent() throws Exception {
            byte[] piece = new byte[1 << 20];
            ANTHROPIC.next(ApiAnswer.sends(EVENTS, Collections.nCopies(16, piece)));

            try (Socket socket = client.dial(STREAM)) {
                assertThat(socket.getInputStream().read()).isNotNegative();
                await().pollDelay(Duration.ofMillis(800)).until(() -> true);

                assertThat(socket.getInputStream().readNBytes(16 * piece.length))
                        .hasSize(16 * piece.length);
            }
        }

        @Test
        void isNotReadAnyFurtherWhenTheClientHasLeft() throws Exception {
            ANTHROPIC.next(ApiAnswer.says("Hel", "lo").stallsAfter(1));

            try (Socket socket = client.dial(STREAM.replace("sonnet", "claude-left"))) {
                assertThat(socket.getInputStream().read()).isNotNegative();
            }

            lastRequest().awaitHangUp(Duration.ofMillis(900));
            assertThat(ends.awaitOneFor("claude-left").outcome()).isEqualTo(Outcome.CANCELLED);
        }
    }

    @Nested
    class ABreak {

        @Test
        void isOneErrorEventWhenTheApiFallsSilent() throws Exception {
            ANTHROPIC.next(ApiAnswer.says("Hel", "lo").stallsAfter(1));

            var response = client.ask(STREAM);

            assertThat(response.body())
                    .contains("\"text\":\"Hel\"", "\n\nevent: error\ndata: {\"type\":\"error\"", "timeout_error")
                    .endsWith("\"}\n\n");
            assertThat(ends.await(response).outcome()).isEqualTo(Outcome.FAILED);
        }

        @Test
        void isOneErrorEventWhenTheApiIsCutOffInTheMiddleOfAWord() throws Exception {
            var half = List.of("event: message_start\ndata: {\"ty".getBytes(StandardCharsets.UTF_8));
            ANTHROPIC.next(ApiAnswer.sendsAndHangsUp(EVENTS, half));

            var response = client.ask(STREAM);

            assertThat(response.body()).startsWith("event: message_start\ndata: {\"ty\n\nevent: error\ndata: ");
            assertThat(ends.await(response).outcome()).isEqualTo(Outcome.FAILED);
        }

        @Test
        void isOneErrorEventWhenTheAnswerHasNoEnd() throws Exception {
            var endless = new String[40];
            Arrays.fill(endless, "on ");
            ANTHROPIC.next(ApiAnswer.says(endless).pausing(Duration.ofMillis(200)));

            var response = client.ask(STREAM);

            assertThat(response.body())
                    .contains("had not finished after 3 seconds")
                    .endsWith("\"}\n\n");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "event: message_start\ndata: {}\n\n",
                    "event: message_start\ndata: {}\n\nevent: error\ndata: {\"type\":\"error\"}\n\n"
                })
        void isNotedWhereTheApiItselfEndsItsStreamTooEarly(String events) throws Exception {
            ANTHROPIC.next(ApiAnswer.sends(EVENTS, List.of(events.getBytes(StandardCharsets.UTF_8))));

            var response = client.ask(STREAM);

            assertThat(response.body()).isEqualTo(events);
            assertThat(ends.await(response).outcome()).isEqualTo(Outcome.FAILED);
        }

        @Test
        void isACutInAnAnswerThatIsNoStream() {
            var half = List.of("{\"type\":".getBytes(StandardCharsets.UTF_8));
            ANTHROPIC.next(ApiAnswer.sendsAndHangsUp(Map.of("content-type", "application/json"), half));

            assertThatExceptionOfType(IOException.class).isThrownBy(() -> client.ask(PLAIN.replace("sonnet-5", "cut")));
            assertThat(ends.awaitOneFor("claude-cut").outcome()).isEqualTo(Outcome.FAILED);
        }

        @Test
        void isAStatusBeforeTheFirstByte() throws Exception {
            ANTHROPIC.stalls().hangsUp();

            assertThat(client.ask(STREAM).statusCode()).isEqualTo(504);
            assertThat(client.ask(STREAM).statusCode()).isEqualTo(502);
        }
    }

    private static ApiRequest lastRequest() {
        return ANTHROPIC.requests().get(ANTHROPIC.requests().size() - 1);
    }
}
