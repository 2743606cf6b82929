package dev.codewise.proxy.openai;

import static java.net.http.HttpRequest.BodyPublishers.noBody;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.codewise.proxy.CapturedLog;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.completion.ScriptedProvider;
import dev.codewise.proxy.web.FailureAnswer;
import dev.codewise.proxy.web.RequestId;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;

@OpenAiSlice
class OpenAiErrorsTest {

    private static final String QUESTION = """
            {"model":"sonnet","messages":[{"role":"user","content":"Hi"}]}""";
    private static final int LIMIT = 8 * 1024 * 1024;

    @Autowired
    private ScriptedProvider provider;

    @LocalServerPort
    private int port;

    private Wire wire;

    @BeforeEach
    void connect() {
        wire = new Wire(port);
        provider.says("Hello");
    }

    @Nested
    class OfACompletion {

        @ParameterizedTest
        @CsvSource({
            "UNKNOWN_MODEL,        404, invalid_request_error, model_not_found",
            "INVALID_REQUEST,      400, invalid_request_error,",
            "PROMPT_TOO_LONG,      400, invalid_request_error, context_length_exceeded",
            "REQUEST_TOO_LARGE,    413, request_too_large,     request_too_large",
            "RATE_LIMITED,         429, rate_limit_error,      rate_limit_exceeded",
            "OVERLOADED,           503, service_unavailable,   overloaded",
            "PROVIDER_UNAVAILABLE, 503, service_unavailable,   no_agent",
            "PROVIDER_TIMED_OUT,   504, timeout,               timeout",
            "PROVIDER_FAILED,      502, upstream_error,        upstream_error"
        })
        void haveAStatusAndACode(Reason reason, int status, String type, @Nullable String code) throws Exception {
            provider.fails(reason);

            var response = wire.chat(QUESTION);

            assertThat(response.statusCode()).isEqualTo(status);
            assertError(response, type, code);
            assertThat(response.body()).contains("\"message\":\"The laptop said no.");
        }

        /** The API and agents may quote in it what the client has asked. */
        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '`',
                value = {"/v1/chat/completions,messages,[{'role':'user';'content':'Hi'}]", "/v1/responses,input,'Hi'"})
        void doNotLogTheSentenceOfOneThatBrokeOff(String path, String field, String asked) throws Exception {
            provider.fails(new CompletionException(Reason.PROVIDER_FAILED, "What is \"my secret\"?"), "Hel");
            String body = "{'model':'sonnet','stream':true,'" + field + "':" + asked + "}";

            try (var log = CapturedLog.of(OpenAiErrors.class)) {
                wire.post(path, body.replace(';', ',').replace('\'', '"'), "content-type", "application/json");

                assertThat(log.lines()).containsExactly("WARN An answer broke off");
                assertThat(log.events().get(0).getKeyValuePairs().toString())
                        .contains("requestId", "502", "upstream_error")
                        .doesNotContain("secret");
            }
        }

        @Test
        void tellWhenToTryAgain() throws Exception {
            provider.fails(
                    new CompletionException(Reason.RATE_LIMITED, "Later.").retryAfter(Duration.ofMillis(41_001)));

            var response = wire.chat(QUESTION);

            assertThat(response.headers().firstValue("retry-after")).hasValue("42");
        }

        @ParameterizedTest
        @ValueSource(strings = {"RATE_LIMITED", "OVERLOADED", "PROVIDER_UNAVAILABLE"})
        void tellToTryAgainSoonWhereNothingRan(Reason reason) throws Exception {
            provider.fails(reason);

            var response = wire.chat(QUESTION);

            assertThat(response.headers().firstValue("retry-after")).hasValue("2");
            assertThat(response.headers().firstValue("x-should-retry")).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"PROVIDER_TIMED_OUT", "PROVIDER_FAILED"})
        void keepClientsFromRepeatingARun(Reason reason) throws Exception {
            provider.fails(reason);

            var response = wire.chat(QUESTION);

            assertThat(response.headers().firstValue("x-should-retry")).hasValue("false");
        }

        @Test
        void nameTheUnknownModelAndTheWayToTheKnownOnes() throws Exception {
            var response = wire.chat(QUESTION.replace("sonnet", "gpt-9\\ud800\\u2028"));

            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body())
                    .contains("gpt-9", "GET /v1/models", "\"param\":\"model\"", "\"code\":\"model_not_found\"");
        }

        @Test
        void sayNothingOfTheInsideWhenNobodyForesawThem() throws Exception {
            provider.fails(new IllegalStateException("secret detail"));

            List<ILoggingEvent> logged = loggedBy(FailureAnswer.class, () -> {
                var response = wire.chat(QUESTION);

                assertThat(response.statusCode()).isEqualTo(500);
                assertError(response, "server_error", null);
                assertThat(response.body()).doesNotContain("secret", "IllegalState");
            });

            assertThat(logged).hasSize(1);
        }

        @Test
        void sayNothingOfTheInsideInAStreamEither() throws Exception {
            provider.fails(new IllegalStateException("secret detail"), "Hel");

            List<ILoggingEvent> logged = loggedBy(OpenAiErrors.class, () -> {
                var response = wire.chat(QUESTION.replaceFirst("\\{", "{\"stream\":true,"));

                assertThat(response.body())
                        .contains("\"type\":\"server_error\"")
                        .endsWith("data: [DONE]\n\n")
                        .doesNotContain("secret", "IllegalState");
            });

            assertThat(logged).hasSize(1);
        }
    }

    @Nested
    class OfTheRequest {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{",
                    "[]",
                    "\"Hi\"",
                    "nonsense",
                    "{\"model\":\"a\",\"model\":\"b\"}",
                    "{} {}",
                    "{\"x\":NaN}",
                    "\uFEFF\u0000"
                })
        void meansABodyThatIsNoRequest(String body) throws Exception {
            var response = wire.chat(body);

            assertThat(response.statusCode()).isEqualTo(400);
            assertError(response, "invalid_request_error", null);
            assertThat(response.body()).doesNotContain("Exception", "tools.jackson", "dev.codewise");
        }

        @ParameterizedTest
        @ValueSource(ints = {65, 1_000, 100_000})
        void meansABodyThatIsNestedTooDeeply(int depth) throws Exception {
            var response = wire.chat("{\"x\":" + "[".repeat(depth) + "]".repeat(depth) + "}");

            assertThat(response.statusCode()).isEqualTo(400);
            assertError(response, "invalid_request_error", null);
        }

        @Test
        void meansALongNumberALongNameAndAForestOfTokens() throws Exception {
            var number = wire.chat("{\"x\":" + "1".repeat(65) + "}");
            var name = wire.chat("{\"" + "x".repeat(257) + "\":1}");
            var tokens = wire.chat("{\"x\":[" + "[],".repeat(250_001) + "1]}");

            assertThat(List.of(number, name, tokens))
                    .extracting(HttpResponse::statusCode)
                    .containsOnly(400);
        }

        @Test
        void meansAPathThatIsNotServed() throws Exception {
            var response = wire.get("/v1/nothing");

            assertThat(response.statusCode()).isEqualTo(404);
            assertError(response, "invalid_request_error", null);
        }

        @Test
        void meansAMethodThatIsNotServed() throws Exception {
            var response = wire.send(wire.request(Wire.CHAT).method("DELETE", noBody()));

            assertThat(response.statusCode()).isEqualTo(405);
            assertThat(response.headers().firstValue("allow")).hasValue("POST");
            assertError(response, "invalid_request_error", null);
        }

        @Test
        void meansATypeThatIsNotJson() throws Exception {
            var response = wire.post(Wire.CHAT, QUESTION, "content-type", "text/plain");

            assertThat(response.statusCode()).isEqualTo(415);
            assertError(response, "invalid_request_error", null);
            assertThat(response.body()).contains("application/json");
        }

        @ParameterizedTest
        @ValueSource(strings = {"gzip", "br", "zstd", "deflate", "identity, gzip"})
        void meansABodyThatIsPacked(String encoding) throws Exception {
            var response =
                    wire.post(Wire.CHAT, QUESTION, "content-type", "application/json", "content-encoding", encoding);

            assertThat(response.statusCode()).isEqualTo(415);
            assertError(response, "invalid_request_error", null);
        }

        @Test
        void doesNotMeanABodyThatSaysItIsNotPacked() throws Exception {
            var response =
                    wire.post(Wire.CHAT, QUESTION, "content-type", "application/json", "content-encoding", "identity");

            assertThat(response.statusCode()).isEqualTo(200);
        }
    }

    @Nested
    class OfSize {

        @Test
        void doNotComeAtTheLimit() throws Exception {
            String largest = QUESTION + " ".repeat(LIMIT - QUESTION.length());

            var response = wire.chat(largest);

            assertThat(response.statusCode()).isEqualTo(200);
        }

        @Test
        void comeBeforeTheBodyWhereItsLengthIsKnown() throws Exception {
            try (Socket client = wire.dial(head("Content-Length: " + (LIMIT + 1)))) {
                String answer = Wire.linesOf(client).collect(Collectors.joining("\n"));

                assertThat(answer).startsWith("HTTP/1.1 413").contains("request_too_large");
            }
        }

        @Test
        void comeAsSoonAsAChunkedBodyIsTooLarge() throws Exception {
            try (Socket client = wire.dial(head("Transfer-Encoding: chunked"))) {
                String chunk = "100000\r\n" + " ".repeat(0x100000) + "\r\n";
                for (int i = 0; i < 8; i++) {
                    Wire.write(client, chunk);
                }
                Wire.write(client, "1\r\n \r\n");

                String answer = Wire.linesOf(client).collect(Collectors.joining("\n"));

                assertThat(answer).startsWith("HTTP/1.1 413").contains("request_too_large");
            }
        }

        @Test
        void doNotComeFromTheNumberOfChunks() throws Exception {
            String crumbs = QUESTION.chars()
                    .mapToObj(each -> "1\r\n" + (char) each + "\r\n")
                    .collect(Collectors.joining());

            try (Socket client = wire.dial(head("Transfer-Encoding: chunked") + crumbs + "0\r\n\r\n")) {
                assertThat(Wire.linesOf(client).findFirst()).hasValue("HTTP/1.1 200 OK");
            }
        }

        private String head(String length) {
            return "POST " + Wire.CHAT + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n" + length
                    + "\r\n\r\n";
        }
    }

    private interface Act {

        void run() throws Exception;
    }

    /** What is logged meanwhile, which is then not printed. */
    private static List<ILoggingEvent> loggedBy(Class<?> source, Act act) throws Exception {
        var logger = (Logger) LoggerFactory.getLogger(source);
        var appender = new ListAppender<ILoggingEvent>();
        appender.start();
        logger.addAppender(appender);
        logger.setAdditive(false);
        try {
            act.run();
        } finally {
            logger.setAdditive(true);
            logger.detachAppender(appender);
        }
        return appender.list;
    }

    private static void assertError(HttpResponse<String> response, String type, @Nullable String code) {
        var body = JsonMapper.shared().readTree(response.body());
        assertThat(body.propertyNames()).containsExactly("error");
        var error = body.path("error");
        assertThat(error.propertyNames()).containsExactly("message", "type", "param", "code");
        assertThat(error.path("message").asString()).isNotBlank();
        assertThat(error.path("type").asString()).isEqualTo(type);
        assertThat(error.path("code").stringValue(null)).isEqualTo(code);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(response.headers().firstValue(RequestId.HEADER)).isPresent();
    }
}
