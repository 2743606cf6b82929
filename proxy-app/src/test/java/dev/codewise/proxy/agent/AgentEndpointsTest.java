package dev.codewise.proxy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.protocol.Protocol;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@AgentSlice
class AgentEndpointsTest {

    @LocalServerPort
    private int port;

    private URI proxy = URI.create("about:blank");

    @BeforeEach
    void findTheProxy() {
        proxy = URI.create("http://127.0.0.1:" + port);
    }

    @Test
    void greetsAnAgentWithWhatItMustKnow() throws Exception {
        HttpResponse<InputStream> answer = FakeAgent.named("laptop-1").knock(proxy);
        answer.body().close();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).get().asString().startsWith("text/event-stream");
        assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
        assertThat(answer.headers().firstValue("x-accel-buffering")).contains("no");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-x", ".x", "a b", "a/b", "0123456789012345678901234567890123456789012345678901234567890123x"})
    void refusesAnIdOfTheWrongShape(String id) throws Exception {
        HttpRequest request = connect().header(Protocol.AGENT_ID, id).build();

        assertRefused(send(request), 400, "bad_header", Protocol.AGENT_ID);
    }

    @Test
    void refusesAMissingId() throws Exception {
        assertRefused(send(connect().build()), 400, "bad_header", Protocol.AGENT_ID + " is missing");
    }

    @Test
    void refusesAHeaderGivenTwice() throws Exception {
        HttpRequest request = connect()
                .header(Protocol.AGENT_ID, "laptop-1")
                .header(Protocol.AGENT_ID, "laptop-2")
                .build();

        assertRefused(send(request), 400, "bad_header", "more than once");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65", "-1", "many", "1.5", "99999999999"})
    void refusesSlotsThatCannotBe(String slots) throws Exception {
        HttpRequest request = connect()
                .header(Protocol.AGENT_ID, "laptop-1")
                .header(Protocol.MAX_CONCURRENCY, slots)
                .build();

        assertRefused(send(request), 400, "bad_header", "from 1 to 64");
    }

    @Test
    void refusesModelNamesThatLookLikeOptions() throws Exception {
        HttpRequest request = connect()
                .header(Protocol.AGENT_ID, "laptop-1")
                .header(Protocol.MODELS, "sonnet,--dangerously")
                .build();

        assertRefused(send(request), 400, "bad_header", Protocol.MODELS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            not json                                                        | 400 | bad_message
            ''                                                              | 400 | bad_message
            []                                                              | 400 | bad_message
            null                                                            | 400 | bad_message
            "chunk"                                                         | 400 | bad_message
            {"type":"chunk","requestId":"nope","content":{"a":1}}           | 400 | bad_message
            {"type":"chunk","content":"x"}                                  | 400 | bad_message
            {"type":"chunk","requestId":"nope"}                             | 400 | bad_message
            {"type":"sing","requestId":"nope"}                              | 400 | bad_message
            {"requestId":"nope","content":"x"}                              | 400 | bad_message
            {"type":"chunk","requestId":"nope","content":"x"} {}            | 400 | bad_message
            {"type":"chunk","requestId":"nope","content":"x"}               | 404 | unknown_request
            {"type":"complete","requestId":"nope"}                          | 404 | unknown_request
            {"type":"error","requestId":"nope","error":"bare"}              | 404 | unknown_request
            {"type":"chunk","requestId":"nope","content":"x","unheard":[1]} | 404 | unknown_request
            """)
    void refusesWhatIsNotAMessageForAWaitingRequest(String body, int status, String code) throws Exception {
        try (var agent = FakeAgent.named("laptop-1").connectTo(proxy)) {
            assertRefused(agent.posts(body), status, code, "");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"type":"chunk","requestId":"nope"} | "content" is missing
            {"type":"sing","requestId":"nope"}  | of a known "type"
            {"type":"chunk","requestId":[]}     | fields of the right kind
            """)
    void saysWhatIsWrongAndNothingOfTheInside(String body, String reason) throws Exception {
        try (var agent = FakeAgent.named("laptop-1").connectTo(proxy)) {
            HttpResponse<String> answer = agent.posts(body);

            assertRefused(answer, 400, "bad_message", reason);
            assertThat(answer.body()).doesNotContain("dev.codewise", "jackson");
        }
    }

    @Test
    void refusesAMessageThatIsTooLarge() throws Exception {
        try (var agent = FakeAgent.named("laptop-1").connectTo(proxy)) {
            String content = "x".repeat(Protocol.MAX_MESSAGE_BYTES);

            HttpResponse<String> answer =
                    agent.posts("{\"type\":\"chunk\",\"requestId\":\"nope\",\"content\":\"" + content + "\"}");

            assertRefused(answer, 413, "too_large", "1048576 bytes");
        }
    }

    @Test
    void refusesAChunkThatIsTooLong() throws Exception {
        try (var agent = FakeAgent.named("laptop-1").connectTo(proxy)) {
            String content = "x".repeat(Protocol.MAX_CHUNK_CHARS + 1);

            HttpResponse<String> answer =
                    agent.posts("{\"type\":\"chunk\",\"requestId\":\"nope\",\"content\":\"" + content + "\"}");

            assertRefused(answer, 413, "too_large", "262144 characters");
        }
    }

    @Test
    void refusesNestingThatNoMessageNeeds() throws Exception {
        try (var agent = FakeAgent.named("laptop-1").connectTo(proxy)) {
            String deep = "[".repeat(10_000) + "]".repeat(10_000);

            assertRefused(agent.posts("{\"type\":\"chunk\",\"x\":" + deep + "}"), 400, "bad_message", "");
        }
    }

    @Test
    void refusesAnotherContentType() throws Exception {
        try (var agent = FakeAgent.named("laptop-1").connectTo(proxy)) {
            assertRefused(agent.posts("x", "text/plain"), 415, "unsupported_media_type", "");
        }
    }

    @Test
    void tellsWhoIsConnectedAndWhatItDoes() throws Exception {
        try (var agent = FakeAgent.named("laptop-9").slots(3).offering("opus").connectTo(proxy)) {
            JsonNode status = status();

            assertThat(status.get("pendingRequests").asInt()).isZero();
            JsonNode listed = status.get("agents").get(0);
            assertThat(listed.get("id").asString()).isEqualTo("laptop-9");
            assertThat(listed.get("state").asString()).isEqualTo("active");
            assertThat(listed.get("running").asInt()).isZero();
            assertThat(listed.get("slots").asInt()).isEqualTo(3);
            assertThat(listed.get("models").toString()).isEqualTo("[\"opus\"]");
            assertThat(listed.get("connectedSince").asString()).endsWith("Z");

            agent.hangsUp();
            await().untilAsserted(
                            () -> assertThat(status().get("agents").toString()).doesNotContain("laptop-9"));
        }
    }

    private JsonNode status() throws Exception {
        var request = HttpRequest.newBuilder(proxy.resolve("/api/agent/status")).build();
        return new JsonMapper().readTree(send(request).body());
    }

    private HttpRequest.Builder connect() {
        return HttpRequest.newBuilder(proxy.resolve(Protocol.CONNECT_PATH));
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String code, String saying) {
        assertThat(answer.statusCode()).isEqualTo(status);
        JsonNode body = new JsonMapper().readTree(answer.body());
        assertThat(body.get("ok").asBoolean()).isFalse();
        assertThat(body.get("error").get("code").asString()).isEqualTo(code);
        assertThat(body.get("error").get("message").asString())
                .contains(saying)
                .doesNotContain("dev.codewise", "java.");
        assertThat(answer.headers().firstValue("x-request-id")).isPresent();
    }
}
