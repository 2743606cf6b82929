package dev.codewise.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.fixtures.ApiAnswer;
import dev.codewise.fixtures.ApiUsage;
import dev.codewise.fixtures.FakeAnthropic;
import dev.codewise.proxy.EveryWay.Heard;
import dev.codewise.proxy.agent.FakeAgent;
import dev.codewise.proxy.completion.FinishReason;
import dev.codewise.proxy.database.TestDatabase;
import dev.codewise.proxy.status.ProxyStart;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Everything together: a client, the proxy with its doors and its database, an agent, and the Claude API. */
@TestInstance(Lifecycle.PER_CLASS)
class WholeProxyTest {

    private static final String KEY = "a-key-for-the-clients";

    private final HttpClient http = HttpClient.newHttpClient();
    private final TestDatabase database = TestDatabase.fresh();
    private FakeAnthropic anthropic;
    private ProxyStart proxy;

    @BeforeAll
    void start() throws Exception {
        anthropic = FakeAnthropic.start();
        proxy = ProxyStart.with(Map.of(
                "DATABASE_URL",
                database.url(),
                "AGENT_SECRET",
                FakeAgent.SECRET,
                "CODEWISE_API_KEY",
                KEY,
                "ANTHROPIC_API_KEY",
                "made-up-for-a-test",
                "ANTHROPIC_BASE_URL",
                anthropic.baseUrl().toString()));
    }

    @AfterAll
    void stop() throws Exception {
        proxy.close();
        anthropic.close();
    }

    @Test
    void entersEveryRequestIntoTheLedgerOnceAndNotAWordOfIt() throws Exception {
        anthropic.says("by the API");
        String direct = requestId(ask("confidential"));
        String unknown = requestId(http.send(
                chat("{\"model\":\"gpt-9\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"),
                BodyHandlers.ofString()));
        String byAgent;
        try (var agent = FakeAgent.named("laptop-1").connectTo(url())) {
            CompletableFuture<HttpResponse<String>> answer = asking("confidential");
            var run = agent.takes();
            run.says("by the agent");
            run.finishes();
            byAgent = requestId(answer.join());
        }

        await().untilAsserted(() -> assertThat(rows())
                .contains(
                        direct + " sonnet anthropic - answered",
                        unknown + " gpt-9 - - failed",
                        byAgent + " sonnet agent laptop-1 answered"));
        assertThat(database.value("select string_agg(ledger_entry::text, ' ') from ledger_entry"))
                .doesNotContain("confidential", "by the");
    }

    @AfterEach
    void nobodyIsConnectedAnyLonger() {
        await().untilAsserted(() -> assertThat(agents()).isEmpty());
    }

    @Test
    void fallsBackOnlyWhileTheClientHasReceivedNothing() throws Exception {
        try (var agent = FakeAgent.named("laptop-1").connectTo(url())) {
            anthropic.says("by the API");
            CompletableFuture<HttpResponse<String>> rescued = asking("Hi");
            agent.takes().fails("cli_exit", "The CLI has gone.");

            assertThat(text(rescued.join())).isEqualTo("by the API");
        }
    }

    @Test
    void splicesNothingOnceTheClientHasReceivedSomething() throws Exception {
        try (var log = CapturedLog.of("dev.codewise.proxy.openai.OpenAiErrors");
                var agent = FakeAgent.named("laptop-1").connectTo(url())) {
            CompletableFuture<HttpResponse<String>> broken = streaming("Hi");
            var run = agent.takes();
            run.says("Hel");
            run.fails("cli_exit", "The CLI has gone.");

            assertThat(broken.join().statusCode()).isEqualTo(200);
            assertThat(broken.join().body())
                    .contains("\"content\":\"Hel\"", "\"error\":{\"message\":\"The CLI has gone.\"")
                    .endsWith("data: [DONE]\n\n")
                    .doesNotContain("\"finish_reason\":\"stop\"", "by the API");
            assertThat(log.lines()).containsExactly("WARN An answer broke off");
        }
    }

    @Test
    void m03EndsAStreamVisiblyWhereItsAgentIsGone() throws Exception {
        try (var log = CapturedLog.of("dev.codewise.proxy.openai.OpenAiErrors")) {
            var agent = FakeAgent.named("laptop-1").connectTo(url());
            CompletableFuture<HttpResponse<String>> broken = streaming("Hi");
            try (var other = FakeAgent.named("laptop-2").connectTo(url())) {
                agent.takes().says("Hel");
                agent.hangsUp();

                assertThat(broken.join().body())
                        .contains("\"content\":\"Hel\"", "\"error\":{\"message\":\"The agent laptop-1 went away")
                        .endsWith("data: [DONE]\n\n")
                        .doesNotContain("\"finish_reason\":\"", "by the API");
                assertThat(other.hasUnreadRequest()).isFalse();
            }
            assertThat(log.lines()).containsExactly("WARN An answer broke off");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n\ndata: [DONE]\n\n",
                "\r\revent: error\rid: 1\r: comment\r\n\r\n",
                "\u0000 \u2028 \u2029 \u001b[2J \uFEFF",
                "\"},\"finish_reason\":\"stop\"}]}"
            })
    void m35KeepsWhateverAnAgentSaysInTheOneEventThatItIs(String text) throws Exception {
        assertThat(heardOf(List.of("<", text, ">"))).isEqualTo("<" + text + ">");
    }

    @Test
    void m34KeepsCharactersWholeWhereverAnAgentCutsThem() throws Exception {
        String text = "a\u00e9\u6f22\ud83d\ude00\ud83d\udc69\u200d\ud83d\udc67e\u0301";

        for (int cut = 0; cut <= text.length(); cut++) {
            assertThat(heardOf(List.of(text.substring(0, cut), text.substring(cut))))
                    .isEqualTo(text);
        }
        assertThat(heardOf(List.of(text.split("")))).isEqualTo(text);
    }

    /** What a client puts together from the events of a stream, each of which must be one JSON value in one line. */
    private String heardOf(List<String> pieces) throws Exception {
        try (var agent = FakeAgent.named("laptop-1").connectTo(url())) {
            CompletableFuture<HttpResponse<String>> answer = streaming("Hi");
            var run = agent.takes();
            for (String piece : pieces) {
                agent.posts("{\"type\":\"chunk\",\"requestId\":\"" + run.id() + "\",\"content\":\"" + escaped(piece)
                        + "\"}");
            }
            run.finishes();
            return Stream.of(answer.join().body().split("\n\n"))
                    .map(event -> event.substring("data: ".length()))
                    .takeWhile(data -> !data.equals("[DONE]"))
                    .map(data -> JsonMapper.shared()
                            .readTree(data)
                            .at("/choices/0/delta/content")
                            .asString(""))
                    .collect(Collectors.joining());
        }
    }

    /** Half a character cannot be written otherwise. */
    private static String escaped(String text) {
        return text.chars().mapToObj("\\u%04x"::formatted).collect(Collectors.joining());
    }

    @Test
    void tellsTheAgentThatTheClientHasHungUp() throws Exception {
        try (var agent = FakeAgent.named("laptop-1").connectTo(url())) {
            HttpResponse<InputStream> answer;
            CompletableFuture<HttpResponse<InputStream>> asked =
                    http.sendAsync(request("Hi", true), BodyHandlers.ofInputStream());
            var run = agent.takes();
            run.says("Hel");
            answer = asked.join();

            answer.body().close();

            await().untilAsserted(() -> assertThat(run.says("lo")).isEqualTo(404));
            await().untilAsserted(() -> assertThat(rows()).contains("sonnet agent laptop-1 cancelled"));
        }
    }

    @ParameterizedTest
    @CsvSource({"end_turn,STOP", "max_tokens,LENGTH", "refusal,CONTENT_FILTER"})
    void givesTheSameAnswerInEveryFormat(String stopReason, FinishReason reason) throws Exception {
        var answer = ApiAnswer.says("Hel", "lo").stopsFor(stopReason).uses(new ApiUsage(10, 5, 100, 7));
        IntStream.range(0, 6).forEach(i -> anthropic.next(answer));

        List<Heard> heard = new EveryWay(url(), KEY).ask("Hi");

        assertThat(heard).isEqualTo(Collections.nCopies(6, new Heard("Hello", 117, 100, 5, reason)));
    }

    @Test
    void stopsTheClaudeApiWhenTheClientHasHungUp() throws Exception {
        anthropic.next(ApiAnswer.says("Hel", "lo").stallsAfter(1));
        HttpResponse<InputStream> answer = http.send(request("Hi", true), BodyHandlers.ofInputStream());

        answer.body().close();

        anthropic.requests().get(anthropic.requests().size() - 1).awaitHangUp();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /v1/nope               |                 | 404 | openai
            POST   | /v1/models             | {}              | 405 | openai
            GET    | /v1/chat/completions   |                 | 405 | openai
            POST   | /v1/chat/completions   | {               | 400 | openai
            POST   | /v1/chat/completions   | {"model":[]}    | 400 | openai
            POST   | /v1/chat/completions   | {"model":"x"}   | 400 | openai
            GET    | /v1/models/gpt-9       |                 | 404 | openai
            GET    | /v1/models/a%2Fb       |                 | 404 | openai
            GET    | /v1/messages/x         |                 | 404 | anthropic
            GET    | /api/nope              |                 | 404 | problem
            POST   | /api/health            | {}              | 405 | problem
            GET    | /nope                  |                 | 404 | problem
            GET    | /actuator/health       |                 | 404 | problem
            GET    | /api/agent/connect     |                 | 401 | agent
            DELETE | /api/agent/response    |                 | 401 | agent
            """)
    void answersEveryFailureInTheShapeOfItsPath(String method, String path, String body, int status, String shape)
            throws Exception {
        HttpRequest request = HttpRequest.newBuilder(url().resolve(path))
                .header("Authorization", "Bearer " + KEY)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();

        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(shapeOf(answer)).isEqualTo(shape);
        assertThat(requestId(answer)).matches("req_[a-z0-9]{8}_[A-Za-z0-9_-]{22}");
        assertThat(answer.body()).doesNotContain("springframework", "Exception", "java.");
    }

    @ParameterizedTest
    @CsvSource({"/v1/models,openai", "/v1/messages,anthropic", "/api/agent/status,problem"})
    void asksForTheKeyInTheShapeOfEachPath(String path, String shape) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(url().resolve(path)).build();

        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(shapeOf(answer)).isEqualTo(shape);
        assertThat(answer.headers().firstValue("www-authenticate")).contains("Bearer");
    }

    private JsonNode agents() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(url().resolve("/api/agent/status"))
                .header("x-api-key", KEY)
                .build();
        return new JsonMapper()
                .readTree(http.send(request, BodyHandlers.ofString()).body())
                .get("agents");
    }

    private static String shapeOf(HttpResponse<String> answer) {
        JsonNode body = new JsonMapper().readTree(answer.body());
        if (body.path("type").asString("").equals("error")) {
            return "anthropic";
        }
        if (body.has("ok")) {
            return "agent";
        }
        return body.has("error") ? "openai" : body.has("detail") ? "problem" : "none";
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + proxy.port());
    }

    private HttpResponse<String> ask(String prompt) throws Exception {
        return http.send(request(prompt, false), BodyHandlers.ofString());
    }

    private CompletableFuture<HttpResponse<String>> asking(String prompt) {
        return http.sendAsync(request(prompt, false), BodyHandlers.ofString());
    }

    private CompletableFuture<HttpResponse<String>> streaming(String prompt) {
        return http.sendAsync(request(prompt, true), BodyHandlers.ofString());
    }

    private HttpRequest request(String prompt, boolean stream) {
        return chat("{\"model\":\"sonnet\",\"stream\":" + stream + ",\"messages\":[{\"role\":\"user\",\"content\":\""
                + prompt + "\"}]}");
    }

    private HttpRequest chat(String body) {
        return HttpRequest.newBuilder(url().resolve("/v1/chat/completions"))
                .header("Authorization", "Bearer " + KEY)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static String requestId(HttpResponse<?> answer) {
        return answer.headers().firstValue("x-request-id").orElseThrow();
    }

    private static String text(HttpResponse<String> answer) {
        return new JsonMapper()
                .readTree(answer.body())
                .at("/choices/0/message/content")
                .asString();
    }

    private String rows() {
        return String.valueOf(
                database.value("select string_agg(concat_ws(' ', id, asked_model, coalesce(provider, '-'),"
                        + " coalesce(agent, '-'), outcome), '; ') from ledger_entry"));
    }
}
