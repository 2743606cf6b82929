package dev.codewise.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.protocol.Protocol;
import dev.codewise.proxy.agent.FakeAgent;
import dev.codewise.proxy.agent.FakeAgent.AgentScript;
import dev.codewise.proxy.agent.FakeAgent.FakeRun;
import dev.codewise.proxy.status.ProxyStart;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * The agent protocol as a server has to keep it, from outside: over HTTP, with a stand-in for the agent and a client of {@code /v1}.
 *
 * <p>With {@code -Dcodewise.url} it looks at the server there, which has the agents' secret {@code -Dcodewise.secret}, the API key
 * {@code -Dcodewise.key} where it asks for one, and no other agent.
 */
@DisplayName("The agent protocol")
class AgentProtocolConformanceTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static @Nullable ProxyStart own;
    private static URI server = URI.create("about:blank");
    private static String secret = FakeAgent.SECRET;
    private static String key = "a-key-of-the-conformance-test";

    @BeforeAll
    static void findTheServer() {
        String url = System.getProperty("codewise.url");
        if (url == null) {
            own = ProxyStart.with(Map.of(
                    "AGENT_SECRET", secret,
                    "CODEWISE_API_KEY", key,
                    "LOGGING_LEVEL_DEV_CODEWISE_PROXY", "error"));
            server = URI.create("http://127.0.0.1:" + own.port());
        } else {
            server = URI.create(url);
            secret = System.getProperty("codewise.secret", "");
            key = System.getProperty("codewise.key", "");
        }
    }

    @AfterAll
    static void stopTheServer() {
        if (own != null) {
            own.close();
        }
    }

    @Test
    @DisplayName("1: the exchange of the smallest agent")
    void servesTheSmallestAgent() throws Exception {
        try (var agent = anAgent().connectTo(server)) {
            var answer = ask(false);
            var run = agent.takes();

            assertThat(run.request().at("/messages/0/content").asString()).isEqualTo("Hi");
            assertThat(run.says("Hel")).isEqualTo(200);
            assertThat(run.says("lo")).isEqualTo(200);
            assertThat(run.finishes()).isEqualTo(200);
            assertThat(run.says("late")).isEqualTo(404);

            assertThat(textOf(answer)).isEqualTo("Hello");
        }
    }

    @Test
    @DisplayName("2: unknown fields and features are ignored")
    void ignoresWhatItDoesNotKnow() throws Exception {
        try (var agent = anAgent().level1().connectTo(server)) {
            var answer = ask(true);
            var run = agent.takes();

            agent.tells(with(run.chunk(1, "x"), "\"later\":{\"a\":[1]}"));
            agent.tells(with(run.complete(2), "\"finishReason\":\"of-later\""));

            assertThat(textOfStream(answer)).isEqualTo("x");
        }
    }

    private static String with(String message, String field) {
        return message.substring(0, message.length() - 1) + "," + field + "}";
    }

    @Test
    @DisplayName("3: one and the same 401, whatever is wrong with the credential")
    void saysNothingAboutHowNearAGuessWas() {
        var bodies = Stream.of("", "Bearer wrong", "Bearer " + secret + "x", "Basic eDp5", "Bearer ")
                .map(AgentProtocolConformanceTest::connectWith)
                .toList();

        assertThat(bodies).extracting(HttpResponse::statusCode).containsOnly(401);
        assertThat(bodies)
                .extracting(HttpResponse::body)
                .containsOnly(bodies.get(0).body());
        assertThat(bodies)
                .extracting(answer ->
                        answer.headers().firstValue("www-authenticate").orElse(""))
                .containsOnly("Bearer");
    }

    @Test
    @DisplayName("4, 5: a number that is there already has no effect, one too far says where to go on")
    void takesEachNumberOnce() throws Exception {
        try (var agent = anAgent().level1().connectTo(server)) {
            var answer = ask(false);
            var run = agent.takes();

            run.says(1, "a");
            assertThat(run.says(1, "a").isDuplicate()).isTrue();
            assertThat(run.says(3, "c").status()).isEqualTo(409);
            assertThat(run.says(3, "c").nextSeq()).isEqualTo(2);
            run.says(2, "b");
            run.finishes(3);

            assertThat(textOf(answer)).isEqualTo("ab");
        }
    }

    @Test
    @DisplayName("6: nothing follows the end")
    void endsOnce() throws Exception {
        try (var agent = anAgent().level1().connectTo(server)) {
            var answer = ask(false);
            var run = agent.takes();
            run.says(1, "a");
            run.finishes(2);
            assertThat(textOf(answer)).isEqualTo("a");

            assertThat(run.says(3, "late").status()).isEqualTo(410);
            assertThat(run.finishes(2).isDuplicate()).isTrue();
        }
    }

    @Test
    @DisplayName("7: nobody posts for another agent's request")
    void keepsAgentsApart() throws Exception {
        try (var agent = anAgent().offering("sonnet").level1().connectTo(server);
                var stranger = anAgent().offering("opus").level1().connectTo(server)) {
            var answer = ask(false);
            var run = agent.takes();

            assertThat(run.goingOn(stranger).says(1, "not mine").status()).isEqualTo(404);
            run.says(1, "mine");
            run.finishes(2);

            assertThat(textOf(answer)).isEqualTo("mine");
        }
    }

    @Test
    @DisplayName("8: the same start comes back, another one takes the id over")
    void knowsAnAgentByItsStart() throws Exception {
        var script = anAgent().level1();
        try (var first = script.connectTo(server);
                var again = script.connectTo(server)) {
            first.awaitEnd();
            assertThat(again.greeting().get("resumed").asBoolean()).isTrue();

            try (var other = script.level1().connectTo(server)) {
                assertThat(other.greeting().get("resumed").asBoolean()).isFalse();
                again.awaitEvent("replaced");
                again.awaitEnd();
                assertThat(script.level1().knock(server).statusCode()).isEqualTo(409);
            }
        }
    }

    @Test
    @DisplayName("9: a stream of messages that breaks goes on, and the answer is the same byte for byte")
    void goesOnWhereAStreamBroke() throws Exception {
        try (var agent = anAgent().level1().connectTo(server)) {
            var answer = ask(false);
            var run = agent.takes();
            String text = "naïve 漢字 🙂\n";

            try (var upload = agent.streams(run.id())) {
                upload.line(run.chunk(1, text)).bytes(new byte[] {'{', '"', (byte) 0xF0});
                upload.breaks();
            }
            long next = run.probes().nextSeq();
            try (var upload = agent.streams(run.id())) {
                for (long seq = next; seq <= 3; seq++) {
                    upload.line(run.chunk(seq, text));
                }
                assertThat(upload.line(run.complete(4)).answer()).startsWith("HTTP/1.1 200");
            }

            assertThat(textOf(answer)).isEqualTo(text.repeat(3));
        }
    }

    @Test
    @DisplayName("10: a run outlives the stream of its agent")
    void letsAnAgentComeBack() throws Exception {
        var script = anAgent().level1();
        var agent = script.connectTo(server);
        var answer = ask(false);
        var run = agent.takes();
        run.says(1, "a");

        agent.hangsUp();
        run.says(2, "b");
        try (var back = script.connectTo(server)) {
            back.tells("{\"type\":\"resume\",\"running\":[{\"requestId\":\"" + run.id() + "\",\"nextSeq\":3}]}");
            var fate = back.awaitEvent("resume").data().get("requests").get(0);
            assertThat(fate.get("state").asString()).isEqualTo("continue");
            assertThat(fate.get("nextSeq").asLong()).isEqualTo(3);
            run.goingOn(back).finishes(3);

            assertThat(textOf(answer)).isEqualTo("ab");
        }
    }

    @Test
    @DisplayName("11: who hangs up stops the run, and its agent is told")
    void tellsTheAgentThatNobodyWaits() throws Exception {
        try (var agent = anAgent().level1().connectTo(server)) {
            var client = HttpClient.newHttpClient().sendAsync(question(true), BodyHandlers.ofInputStream());
            FakeRun run = agent.takes();
            run.says(1, "a");
            client.get().body().close();

            assertThat(agent.awaitEvent("cancel").data().get("requestId").asString())
                    .isEqualTo(run.id());
            assertThat(run.says(2, "b").status()).isEqualTo(410);
        }
    }

    @Test
    @DisplayName("15: hostile bodies are refused in time")
    void refusesWhatNoMessageIs() throws Exception {
        try (var agent = anAgent().level1().connectTo(server)) {
            String deep = "[".repeat(10_000) + "]".repeat(10_000);
            String huge = "x".repeat(Protocol.MAX_MESSAGE_BYTES + 1);

            assertThat(agent.posts("{\"type\":\"chunk\",\"later\":" + deep + "}")
                            .statusCode())
                    .isEqualTo(400);
            assertThat(agent.posts(huge).statusCode()).isEqualTo(413);
            assertThat(agent.posts("{}", "text/plain").statusCode()).isEqualTo(415);
            assertThat(agent.tells("{\"type\":\"heartbeat\"}").status()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("16 of 16 messages of a batch, and none of a batch that is too large")
    void takesBatchesAsAWholeOrNot() throws Exception {
        try (var agent = anAgent().level1().connectTo(server)) {
            var answer = ask(false);
            var run = agent.takes();
            String[] all = IntStream.rangeClosed(1, 257)
                    .mapToObj(i -> run.chunk(i, "x"))
                    .toArray(String[]::new);

            assertThat(run.tellsAtOnce(all).status()).isEqualTo(413);
            assertThat(run.tellsAtOnce(Arrays.copyOf(all, 16)).nextSeq()).isEqualTo(17);
            run.finishes(17);

            assertThat(textOf(answer)).isEqualTo("x".repeat(16));
        }
    }

    private static AgentScript anAgent() {
        return FakeAgent.named("conformance-" + UUID.randomUUID()).secret(secret);
    }

    private static HttpResponse<String> connectWith(String credential) {
        var request = HttpRequest.newBuilder(server.resolve(Protocol.CONNECT_PATH))
                .timeout(PATIENCE)
                .header(Protocol.AGENT_ID, "conformance");
        if (!credential.isEmpty()) {
            request.header("Authorization", credential);
        }
        return HTTP.sendAsync(request.build(), BodyHandlers.ofString()).join();
    }

    private static CompletableFuture<HttpResponse<String>> ask(boolean stream) {
        return HTTP.sendAsync(question(stream), BodyHandlers.ofString());
    }

    private static HttpRequest question(boolean stream) {
        var request = HttpRequest.newBuilder(server.resolve("/v1/chat/completions"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"model\":\"sonnet\",\"stream\":" + stream
                        + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"));
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        return request.build();
    }

    private static String textOf(CompletableFuture<HttpResponse<String>> answer) throws Exception {
        return JSON.readTree(answer.get().body())
                .at("/choices/0/message/content")
                .asString();
    }

    private static String textOfStream(CompletableFuture<HttpResponse<String>> answer) throws Exception {
        List<String> events = answer.get()
                .body()
                .lines()
                .filter(line -> line.startsWith("data: {"))
                .toList();
        return events.stream()
                .map(line -> JSON.readTree(line.substring("data: ".length())))
                .map(chunk -> chunk.at("/choices/0/delta/content").asString(""))
                .collect(Collectors.joining());
    }
}
