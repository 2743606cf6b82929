package dev.codewise.proxy.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.codewise.probe.ProbeProxy;
import dev.codewise.probe.ProbeRooms;
import dev.codewise.probe.RawHttp.Reply;
import dev.codewise.proxy.CapturedLog;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProblemEdgeTest {

    private static ProbeProxy proxy;

    @BeforeAll
    static void open() {
        proxy = ProbeProxy.start("spring.http.codecs.max-in-memory-size=64KB");
    }

    @AfterAll
    static void close() {
        proxy.close();
    }

    @Test
    void answersAnUnknownPathWithAProblemAndTheRequestsId() {
        Reply reply = proxy.http().get("/api/nowhere", "X-Request-Id: mine");

        JsonNode problem = problem(reply, 404);
        assertThat(problem.propertyNames()).containsExactly("type", "title", "status", "detail", "requestId");
        assertThat(problem.path("type").asString()).isEqualTo("about:blank");
        assertThat(problem.path("title").asString()).isEqualTo("Not Found");
        assertThat(problem.path("detail").asString()).isEqualTo("Nothing is served at this path.");
        assertThat(reply.header("x-request-id"))
                .hasValue(problem.path("requestId").asString());
        assertThat(reply.text()).doesNotContain("mine");
    }

    @Test
    void answersEveryMethodOnAnUnknownPathAlike() {
        Reply reply = proxy.http().post("/api/nowhere", "{}", "Content-Type: application/json");

        problem(reply, 404);
    }

    @Test
    void tellsWhichMethodsThereAre() {
        Reply reply = proxy.http().request("DELETE", "/api/health");

        assertThat(detail(reply, 405)).isEqualTo("This path answers to GET.");
        assertThat(reply.header("Allow")).hasValue("GET");
    }

    @Test
    void tellsWhichMediaTypeItReads() {
        Reply reply = proxy.http().post("/v1/questions", "text=a", "Content-Type: application/xml");

        assertThat(detail(reply, 415)).contains("application/json");
    }

    @Test
    void doesNotReadABodyWithoutAMediaType() {
        Reply reply = proxy.http().post("/v1/questions", "{\"text\":\"a\"}");

        problem(reply, 415);
    }

    @Test
    void tellsWhichMediaTypeItWrites() {
        Reply reply = proxy.http().get("/api/json", "Accept: image/png");

        assertThat(detail(reply, 406)).isEqualTo("The answer can only be application/json.");
    }

    @Test
    void saysWhereTheJsonBreaks() {
        assertThat(detail(ask("{\"text\": oops}"), 400))
                .matches("The body is not valid JSON \\(line 1, column \\d+\\)\\.");
        assertThat(detail(ask("{\"text\": \"a\"} {}"), 400)).isNotEmpty();
    }

    @Test
    void saysWhichValueIsOfTheWrongKind() {
        assertThat(detail(ask("{\"text\":\"a\",\"parts\":[{\"number\":1},{\"number\":\"one\"}]}"), 400))
                .isEqualTo("\"parts[1].number\" is missing or has a value of the wrong kind.");
        assertThat(detail(ask("[1]"), 400)).isEqualTo("The body is not the JSON that this path reads.");
        assertThat(detail(ask(""), 400)).isEqualTo("The body is missing, or not what this path reads.");
        assertThat(detail(ask("{\"text\":\" \",\"parts\":[]}"), 400)).isEqualTo("\"text\" must not be blank.");
    }

    @ParameterizedTest
    @MethodSource("limits")
    void saysWhichLimitTheJsonPasses(String unknown, String limit) {
        assertThat(detail(ask("{\"text\":\"a\",\"parts\":[]," + unknown + "}"), 400))
                .isEqualTo("The JSON of the body is beyond what is read here: " + limit + ".");
    }

    private static Stream<Arguments> limits() {
        return Stream.of(
                Arguments.of("\"x\":" + "[".repeat(70) + "]".repeat(70), "nesting depth up to 64"),
                Arguments.of("\"" + "x".repeat(257) + "\":1", "name length up to 256"));
    }

    @Test
    void saysWhichParameterOrHeaderIsAtFault() {
        assertThat(detail(proxy.http().get("/api/number?n=1"), 400)).isEqualTo("The header \"X-Wanted\" is missing.");
        assertThat(detail(proxy.http().get("/api/number?n=one", "X-Wanted: a"), 400))
                .isEqualTo("\"n\" has a value of the wrong kind.");
        assertThat(detail(proxy.http().get("/api/number", "X-Wanted: a"), 400))
                .isEqualTo("The query parameter \"n\" is missing.");
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        Reply reply = ask("{\"text\":\"" + "a".repeat(100_000) + "\"}");

        assertThat(detail(reply, 413)).isEqualTo("The body is larger than this path takes.");
    }

    @Test
    void tellsNothingOfTheInsideAndLogsItOnce() {
        try (var log = CapturedLog.of(FailureAnswer.class)) {

            Reply reply = proxy.http().get("/api/broken");

            String id = problem(reply, 500).path("requestId").asString();
            assertThat(reply.text()).doesNotContain("inside", "IllegalState", "at dev.codewise");
            assertThat(log.events()).singleElement().satisfies(event -> {
                assertThat(event.getLevel()).isEqualTo(Level.ERROR);
                assertThat(event.getThrowableProxy().getMessage()).isEqualTo("the inside of the house");
                assertThat(event.getKeyValuePairs()).containsExactly(new KeyValuePair("requestId", id));
            });
        }
    }

    @Test
    void cutsAnAnswerThatBreaksOffInsteadOfEndingIt() {
        try (var log = CapturedLog.of(FailureAnswer.class)) {

            Reply reply = proxy.http().get("/api/breaking-off");

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text()).contains("data:first").doesNotContain("\r\n0\r\n");
            assertThat(log.events())
                    .singleElement()
                    .extracting(ILoggingEvent::getLevel)
                    .isEqualTo(Level.ERROR);
        }
    }

    @Test
    void saysInOneLineThatAForeseenFailureBrokeAnAnswerOff() {
        try (var log = CapturedLog.of(FailureAnswer.class)) {

            Reply reply = proxy.http().get("/api/refusing-late");

            assertThat(reply.text()).contains("data:first").doesNotContain("\r\n0\r\n");
            assertThat(log.events()).singleElement().satisfies(event -> {
                assertThat(event.getLevel()).isEqualTo(Level.WARN);
                assertThat(event.getThrowableProxy()).isNull();
                assertThat(event.getKeyValuePairs())
                        .extracting(pair -> pair.key)
                        .containsExactly("requestId", "status");
            });
        }
    }

    @Test
    void saysNothingAboutAClientThatIsGone() throws InterruptedException {
        try (var log = CapturedLog.ofAnybody()) {

            proxy.http().hangUpAfterAsking("/api/endless");

            assertThat(ProbeRooms.LEFT.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            assertThat(log.events()).noneMatch(event -> event.getLevel().isGreaterOrEqual(Level.WARN));
        }
    }

    @Test
    void answersAHeadRequestWithoutABody() {
        Reply reply = proxy.http().request("HEAD", "/api/nowhere");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.body()).isEmpty();
    }

    private static Reply ask(String json) {
        return proxy.http().post("/v1/questions", json, "Content-Type: application/json");
    }

    private static String detail(Reply reply, int status) {
        return problem(reply, status).path("detail").asString();
    }

    private static JsonNode problem(Reply reply, int status) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = JsonMapper.shared().readTree(reply.body());
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        return problem;
    }
}
