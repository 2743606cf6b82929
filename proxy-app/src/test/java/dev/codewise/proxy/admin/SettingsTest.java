package dev.codewise.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.fixtures.FakeAnthropic;
import dev.codewise.probe.RawHttp;
import dev.codewise.probe.RawHttp.Reply;
import dev.codewise.proxy.CapturedLog;
import dev.codewise.proxy.agent.FakeAgent;
import dev.codewise.proxy.database.TestDatabase;
import dev.codewise.proxy.status.ProxyStart;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an operator changes while the proxy runs, and that it holds. */
class SettingsTest {

    private static final String OPERATOR = "an-operators-own-key-4711";
    private static final String ACCOUNT = "sk-ant-canary-0815";
    private static final String PATH = "/api/settings";
    private static final String HELLO = "\"messages\":[{\"role\":\"user\",\"content\":\"Hello there\"}]}";

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static FakeAnthropic anthropic;
    private static ProxyStart proxy;
    private static RawHttp http;

    @BeforeAll
    static void start() throws IOException {
        anthropic = FakeAnthropic.start();
        proxy = ProxyStart.with(Map.of(
                "DATABASE_URL",
                DATABASE.url(),
                "AGENT_SECRET",
                FakeAgent.SECRET,
                "CODEWISE_API_KEY",
                OPERATOR,
                "CODEWISE_SECRET_KEY",
                SecretBoxTest.KEY,
                "ANTHROPIC_BASE_URL",
                anthropic.baseUrl().toString()));
        http = new RawHttp(proxy.port());
    }

    @AfterAll
    static void stop() throws IOException {
        proxy.close();
        anthropic.close();
    }

    @AfterEach
    void takeEverythingBack() {
        changed("\"defaultModel\":null,\"contextWindow\":null,\"requestTimeout\":null,\"requestMaxDuration\":null,"
                + "\"queueLimit\":null,\"queueWait\":null,\"responsesRetention\":null,\"ledgerRetention\":null,"
                + "\"anthropicApiKey\":null");
        anthropic.forget();
    }

    @Test
    void changesWhatThePatchNamesAndLeavesTheRest() {
        int before = version();
        changed("\"queueLimit\":7,\"queueWait\":\"90s\",\"ledgerRetention\":\"400d\"");

        JsonNode after = changed("\"queueLimit\":null,\"responsesRetention\":\"36h\",\"requestMaxDuration\":\"PT2H\"");

        assertThat(after.path("queueLimit").isNull()).isTrue();
        assertThat(after.path("queueWait").asString()).isEqualTo("90s");
        assertThat(after.path("ledgerRetention").asString()).isEqualTo("400d");
        assertThat(after.path("responsesRetention").asString()).isEqualTo("36h");
        assertThat(after.path("requestMaxDuration").asString()).isEqualTo("2h");
        assertThat(after.path("version").asInt()).isEqualTo(before + 2);
        assertThat(seen()).isEqualTo(after);
    }

    @Test
    void refusesAChangeOfWhatSomebodyElseHasChanged() {
        int version = version();
        changed("\"queueLimit\":1");

        Reply late = patch("{\"version\":" + version + ",\"queueLimit\":2}");

        assertThat(late.status()).isEqualTo(409);
        assertThat(late.body()).contains("Read them again");
        assertThat(seen().path("queueLimit").asInt()).isEqualTo(1);
    }

    @Test
    void takesJsonUnderItsPlainNameToo() {
        Reply reply = http.send(
                "PATCH",
                PATH,
                "{\"version\":" + version() + ",\"queueLimit\":3}",
                "Content-Type: application/json",
                "Authorization: Bearer " + OPERATOR);

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource("wrongWishes")
    void namesTheSettingThatIsWrongAndTheCure(String wish, String sentence) {
        Reply reply = patch("{\"version\":" + version() + "," + wish + "}");

        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(json(reply).path("detail").asString()).contains(sentence);
    }

    static Stream<Arguments> wrongWishes() {
        return Stream.of(
                Arguments.of("\"queueLimit\":-1", "\"queueLimit\" must be a whole number from 0 to 100000"),
                Arguments.of("\"queueLimit\":\"5\"", "\"queueLimit\" must be a whole number from 0 to 100000"),
                Arguments.of("\"queueLimit\":1.5", "\"queueLimit\" must be a whole number"),
                Arguments.of("\"contextWindow\":0", "\"contextWindow\" must be a number of tokens from 1"),
                Arguments.of("\"requestTimeout\":\"soon\"", "\"requestTimeout\" must be a duration from 1s to 24h"),
                Arguments.of("\"requestTimeout\":\"0s\"", "\"requestTimeout\" must be a duration from 1s to 24h"),
                Arguments.of("\"requestTimeout\":{}", "\"requestTimeout\" must be a duration from 1s to 24h"),
                Arguments.of("\"responsesRetention\":\"99999999999d\"", "\"responsesRetention\" must be a duration"),
                Arguments.of("\"ledgerRetention\":\"1h\"", "or null for LEDGER_RETENTION"),
                Arguments.of("\"defaultModel\":\"a b\"", "\"defaultModel\" must be the name of a model"),
                Arguments.of("\"defaultModel\":5", "\"defaultModel\" must be the name of a model"),
                Arguments.of("\"anthropicApiKey\":\"two words\"", "\"anthropicApiKey\" must be the key alone"),
                Arguments.of("\"anthropicApiKey\":{\"set\":true}", "leave it out to keep it"),
                Arguments.of("\"timeout\":\"5s\"", "\"timeout\" is no setting: there are anthropicApiKey, contextW"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            []                 | must be a JSON object
            {"queueLimit":1}   | "version" must be the version of the settings that you have seen
            {                  | JSON
            """)
    void wantsAnObjectWithAVersion(String body, String sentence) {
        Reply reply = patch(body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(json(reply).path("detail").asString()).contains(sentence);
    }

    @Test
    void asksTheClaudeApiWithAKeyThatIsSetHereAndNeverShowsIt() {
        assertThat(ask("\"model\":\"sonnet\",").status()).isEqualTo(503);

        try (var log = CapturedLog.of("dev.codewise")) {
            JsonNode after = changed("\"anthropicApiKey\":\"" + ACCOUNT + "\"");
            anthropic.says("Hi");

            assertThat(ask("\"model\":\"sonnet\",").status()).isEqualTo(200);
            assertThat(anthropic.awaitRequest().header("x-api-key")).contains(ACCOUNT);
            assertThat(http.get("/api/health").body()).contains("\"anthropic\":\"on\"");
            assertThat(after.at("/anthropicApiKey/set").asBoolean()).isTrue();
            assertThat(after.at("/anthropicApiKey/changedAt").asString()).startsWith("20");
            assertThat(after.toString() + seen() + audit() + log.lines()).doesNotContain(ACCOUNT);
        }
        assertThat(DATABASE.value("select sealed from setting_secret"))
                .startsWith("v1:")
                .doesNotContain(ACCOUNT);
        assertThat(audit()).contains("settings.changed", "anthropicApiKey set");

        changed("\"anthropicApiKey\":null");

        assertThat(ask("\"model\":\"sonnet\",").status()).isEqualTo(503);
        assertThat(http.get("/api/health").body()).contains("\"anthropic\":\"off\"");
    }

    @Test
    void passesMessagesOnWordForWordAsSoonAsThereIsAKey() {
        changed("\"anthropicApiKey\":\"" + ACCOUNT + "\"");
        anthropic.says("Hi");

        Reply reply = post(
                "/v1/messages", "{\"model\":\"sonnet\",\"max_tokens\":9,\"metadata\":{\"user_id\":\"u\"}," + HELLO);

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(anthropic.awaitRequest().body().toString()).contains("user_id");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /v1/chat/completions | {"messages":[{"role":"user","content":"Hello"}]}
            /v1/completions      | {"prompt":"Hello"}
            /v1/responses        | {"input":"Hello"}
            """)
    void answersRequestsThatNameNoModelWithTheUsualOne(String path, String body) {
        changed("\"anthropicApiKey\":\"" + ACCOUNT + "\"");
        Reply before = post(path, body);

        changed("\"defaultModel\":\"haiku\"");
        anthropic.says("Hi");
        Reply after = post(path, body);

        assertThat(before.status()).isEqualTo(400);
        assertThat(after.status()).as(after.text()).isEqualTo(200);
        assertThat(anthropic.awaitRequest().body().path("model").asString()).contains("haiku");
    }

    @Test
    void refusesMoreHistoryThanTheWindowAndNamesTheLimit() {
        changed("\"contextWindow\":2,\"anthropicApiKey\":\"" + ACCOUNT + "\"");

        Reply chat = ask("\"model\":\"sonnet\",");
        Reply messages = post("/v1/messages", "{\"model\":\"sonnet\",\"max_tokens\":9," + HELLO);

        assertThat(chat.status()).isEqualTo(400);
        assertThat(json(chat).at("/error/code").asString()).isEqualTo("context_length_exceeded");
        assertThat(json(chat).at("/error/message").asString()).contains("takes up to 2");
        assertThat(messages.status()).isEqualTo(400);
        assertThat(anthropic.requests()).isEmpty();
    }

    @Test
    void hearsWhatWasChangedElsewhere() {
        DATABASE.execute("update setting set chosen = '{\"contextWindow\":1}', version = version + 1");

        await().until(() -> ask("\"model\":\"sonnet\",").status() == 400);
    }

    @Test
    void letsNobodyWaitWhereNobodyMay() throws Exception {
        changed("\"queueLimit\":0");
        try (var agent =
                FakeAgent.named("laptop-1").slots(1).connectTo(URI.create("http://127.0.0.1:" + proxy.port()))) {
            CompletableFuture<Reply> first = CompletableFuture.supplyAsync(() -> ask("\"model\":\"sonnet\","));
            var run = agent.takes();

            Reply second = ask("\"model\":\"sonnet\",");
            run.says("Hi");
            run.finishes();

            assertThat(second.status()).isEqualTo(503);
            assertThat(second.body()).contains("Every slot");
            assertThat(first.join().status()).isEqualTo(200);
        }
    }

    @Test
    void waitsNoLongerForAnAgentThanIsSetHere() throws Exception {
        changed("\"requestTimeout\":\"1s\"");
        try (var agent = FakeAgent.named("laptop-1").connectTo(URI.create("http://127.0.0.1:" + proxy.port()))) {
            CompletableFuture<Reply> silent = CompletableFuture.supplyAsync(() -> ask("\"model\":\"sonnet\","));
            agent.takes();

            assertThat(silent.join().status()).isEqualTo(504);
            assertThat(silent.join().body()).contains("said nothing for 1 s");
        }
    }

    @Test
    void isForOperatorsOnly() {
        assertThat(http.get(PATH).status()).isEqualTo(401);
        Reply made = post("/api/admin/keys", "{\"name\":\"asks\",\"owner\":\"alice\"}");
        String key = json(made).path("key").asString();

        await().until(() ->
                http.get("/v1/models", "Authorization: Bearer " + key).status() == 200);
        assertThat(http.get(PATH, "Authorization: Bearer " + key).status()).isEqualTo(403);
    }

    private static Reply ask(String fields) {
        return post("/v1/chat/completions", "{" + fields + HELLO);
    }

    private static Reply post(String path, String body) {
        return http.post(path, body, "Content-Type: application/json", "Authorization: Bearer " + OPERATOR);
    }

    private static JsonNode changed(String wishes) {
        Reply reply = patch("{\"version\":" + version() + "," + wishes + "}");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return json(reply);
    }

    private static Reply patch(String body) {
        return http.send(
                "PATCH", PATH, body, "Content-Type: application/merge-patch+json", "Authorization: Bearer " + OPERATOR);
    }

    private static int version() {
        return seen().path("version").asInt();
    }

    private static JsonNode seen() {
        return json(http.get(PATH, "Authorization: Bearer " + OPERATOR));
    }

    private static String audit() {
        return http.get("/api/admin/audit", "Authorization: Bearer " + OPERATOR).body();
    }

    private static JsonNode json(Reply reply) {
        String body = reply.body();
        return new JsonMapper().readTree(body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1));
    }
}
