package dev.codewise.proxy.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.probe.ProbeProxy;
import dev.codewise.probe.RawHttp.Reply;
import dev.codewise.proxy.database.TestDatabase;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator does with keys, and what they then open. */
class KeysTest {

    private static ProbeProxy proxy;
    private static Admin operator;

    @BeforeAll
    static void open() {
        proxy = ProbeProxy.start(
                "codewise.access.api-key=" + ProbeProxy.API_KEY, "codewise.access.trusted-proxies=127.0.0.1");
        operator = new Admin(proxy.http(), ProbeProxy.API_KEY);
    }

    @AfterAll
    static void close() {
        proxy.close();
    }

    @Test
    void makesAKeyThatOpensAtOnceAndIsShownOnce() {
        var made = operator.made("{\"name\":\"ci\",\"owner\":\"alice\",\"expiresAt\":\"2099-01-01T00:00:00Z\"}");

        String key = made.path("key").asString();
        String id = made.path("id").asString();
        assertThat(key).matches("cwk_" + id + "_[A-Za-z0-9_-]{43}");
        assertThat(ask("/v1/models", key)).isEqualTo(200);
        assertThat(operator.seen(id).toString()).contains("alice", "2099").doesNotContain(key, key.substring(17));
        assertThat(database().value("select string_agg(s::text, ' ') from api_key_secret s"))
                .doesNotContain(key.substring(17));
    }

    @Test
    void opensOnlyWhatTheScopesOfTheKeyName() {
        String asks = operator.key("asks", "bob");
        String watches = scoped("agents:read");
        String rules = scoped("admin");

        assertThat(Stream.of(asks, watches, rules).map(key -> ask("/v1/models", key)))
                .containsExactly(200, 403, 403);
        assertThat(Stream.of(asks, watches, rules).map(key -> ask("/api/agent/status", key)))
                .containsExactly(403, 200, 403);
        assertThat(Stream.of(asks, watches, rules).map(key -> ask("/api/admin/keys", key)))
                .containsExactly(403, 403, 200);
        assertThat(Stream.of(asks, watches, rules).map(key -> ask("/api/agent/connect", key)))
                .containsOnly(401);
    }

    @Test
    void revokesAKeyForGood() {
        var made = operator.made("{\"name\":\"lost\",\"owner\":\"carol\"}");
        String id = made.path("id").asString();

        assertThat(operator.send("DELETE", "/" + id, "").status()).isEqualTo(200);
        assertThat(ask("/v1/models", made.path("key").asString())).isEqualTo(401);
        assertThat(operator.send("DELETE", "/" + id, "").status()).isEqualTo(200);
        assertThat(operator.send("POST", "/" + id + "/rotate", "").status()).isEqualTo(409);
        assertThat(operator.seen(id).path("revokedAt").asString()).startsWith("20");
    }

    @Test
    void hearsThatAKeyWasRevokedElsewhere() {
        var made = operator.made("{\"name\":\"far\",\"owner\":\"dave\"}");

        database()
                .execute("update api_key set revoked_at = now() where id = '"
                        + made.path("id").asString() + "'");

        await().until(() -> ask("/v1/models", made.path("key").asString()) == 401);
    }

    @Test
    void letsTwoSecretsOfAKeyOpenWhileItIsRenewed() {
        var first = operator.made("{\"name\":\"turns\",\"owner\":\"erin\"}");
        String id = first.path("id").asString();

        String second = renewed(id, "");
        assertThat(Stream.of(first.path("key").asString(), second).map(key -> ask("/v1/models", key)))
                .containsOnly(200);

        String third = renewed(id, "?overlapHours=0");
        assertThat(Stream.of(first.path("key").asString(), second, third).map(key -> ask("/v1/models", key)))
                .containsExactly(401, 401, 200);
    }

    @Test
    void hasTwoGoodSecretsAtMostHoweverManyRenewItAtOnce() throws Exception {
        String id = operator.made("{\"name\":\"raced\",\"owner\":\"erin\"}")
                .path("id")
                .asString();
        try (var connection = database().connect();
                var other = connection.createStatement()) {
            connection.setAutoCommit(false);
            other.execute("select from api_key where id = '" + id + "' for update");
            other.execute(
                    "update api_key_secret set valid_until = now() + interval '1 day' where key_id = '" + id + "'");
            other.execute("insert into api_key_secret (key_id, hash) values ('" + id + "', sha256('raced'))");

            var late = CompletableFuture.supplyAsync(() -> renewed(id, ""));
            await().until(() -> late.isDone() || waitingForLocks().equals("1"));
            connection.commit();
            late.join();
        }

        assertThat(database().value("select count(*) from api_key_secret where key_id = '" + id + "'"))
                .isEqualTo("2");
    }

    private static String waitingForLocks() {
        return database()
                .value("select count(*) from pg_stat_activity"
                        + " where datname = current_database() and wait_event_type = 'Lock'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+10000-01-01T00:00:00Z", "+1000000000-12-31T23:59:59Z"})
    void refusesAnEndThatNoDatabaseCanHold(String expiresAt) {
        Reply refused =
                operator.send("POST", "", "{\"name\":\"late\",\"owner\":\"erin\",\"expiresAt\":\"" + expiresAt + "\"}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("expiresAt", "10000");
    }

    @Test
    void closesForAKeyThatHasExpired() {
        var made = operator.made("{\"name\":\"short\",\"owner\":\"frank\"}");
        String key = made.path("key").asString();
        int before = ask("/v1/models", key);

        database()
                .execute("update api_key set expires_at = now() where id = '"
                        + made.path("id").asString() + "'");

        await().until(() -> ask("/v1/models", key) == 401);
        assertThat(before).isEqualTo(200);
    }

    @Test
    void changesAKeyOnlyForWhoHasSeenItAsItIs() {
        var made = operator.made("{\"name\":\"old\",\"owner\":\"grace\"}");
        String id = "/" + made.path("id").asString();

        Reply first = operator.send("PATCH", id, "{\"version\":1,\"name\":\"new\",\"scopes\":[\"agents:read\"]}");
        Reply second = operator.send("PATCH", id, "{\"version\":1,\"name\":\"newer\"}");

        assertThat(Admin.json(first).path("name").asString()).isEqualTo("new");
        assertThat(Admin.json(first).path("version").asInt()).isEqualTo(2);
        assertThat(ask("/v1/models", made.path("key").asString())).isEqualTo(403);
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.body()).contains("Read it again");
    }

    @Test
    void tellsWhenAKeyWasLastUsed() {
        var made = operator.made("{\"name\":\"used\",\"owner\":\"heidi\"}");
        ask("/v1/models", made.path("key").asString());

        proxy.bean(LastUse.class).write().block();

        assertThat(operator.seen(made.path("id").asString()).path("lastUsedAt").asString())
                .startsWith("20");
    }

    @ParameterizedTest
    @MethodSource("wrongWishes")
    void namesTheFieldThatIsWrongAndTheCure(String wish, String sentence) {
        Reply reply = operator.send("POST", "", wish);

        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(Admin.json(reply).path("detail").asString()).contains(sentence);
    }

    static Stream<Arguments> wrongWishes() {
        return Stream.of(
                Arguments.of("{\"owner\":\"a\"}", "\"name\" must be 1 to 100 letters"),
                Arguments.of("{\"name\":\"\",\"owner\":\"a\"}", "\"name\" must be"),
                Arguments.of("{\"name\":\"x\\ny\",\"owner\":\"a\"}", "\"name\" must be"),
                Arguments.of("{\"name\":\"x\",\"owner\":7}", "\"owner\" must be"),
                Arguments.of("{\"name\":\"x\",\"owner\":\"" + "a".repeat(101) + "\"}", "\"owner\" must be"),
                Arguments.of(
                        "{\"name\":\"x\",\"owner\":\"a\",\"scopes\":[]}", "at least one of completions, agents:read"),
                Arguments.of("{\"name\":\"x\",\"owner\":\"a\",\"scopes\":[\"root\"]}", "\"scopes\" must be a list"),
                Arguments.of(
                        "{\"name\":\"x\",\"owner\":\"a\",\"expires\":\"2099\"}", "\"expires\" is no field of this"),
                Arguments.of(
                        "{\"name\":\"x\",\"owner\":\"a\",\"expiresAt\":\"soon\"}",
                        "\"expiresAt\" must be a time such as"),
                Arguments.of(
                        "{\"name\":\"x\",\"owner\":\"a\",\"expiresAt\":\"2001-01-01T00:00:00Z\"}",
                        "\"expiresAt\" is in the past"),
                Arguments.of("[]", "must be a JSON object"),
                Arguments.of("{", "JSON"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            overlapHours=721  | "overlapHours" must be from 0 to 720.
            overlapHours=-1   | "overlapHours" must be from 0 to 720.
            overlapHours=soon | "overlapHours" has a value of the wrong kind.
            """)
    void namesTheParameterThatIsWrongAndTheCure(String parameter, String sentence) {
        String id =
                operator.made("{\"name\":\"x\",\"owner\":\"judy\"}").path("id").asString();

        Reply reply = operator.send("POST", "/" + id + "/rotate?" + parameter, "");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(Admin.json(reply).path("detail").asString()).isEqualTo(sentence);
    }

    @Test
    void knowsNoKeyThatIsNotThere() {
        assertThat(operator.send("DELETE", "/000000000000", "").status()).isEqualTo(404);
        assertThat(operator.send("PATCH", "/' or 1=1 --", "{\"version\":1}").status())
                .isIn(400, 404);
        assertThat(ask("/v1/models", "cwk_000000000000_" + "x".repeat(43))).isEqualTo(401);
    }

    private static String scoped(String scope) {
        return operator.made("{\"name\":\"scoped\",\"owner\":\"bob\",\"scopes\":[\"" + scope + "\"]}")
                .path("key")
                .asString();
    }

    private static String renewed(String id, String how) {
        Reply reply = operator.send("POST", "/" + id + "/rotate" + how, "");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return Admin.json(reply).path("key").asString();
    }

    /** Failures come from many addresses, so that none has to wait. */
    private static int ask(String path, String key) {
        return proxy.http()
                .get(
                        path,
                        "Authorization: Bearer " + key,
                        "X-Forwarded-For: 10.0.0." + (1 + Math.abs(key.hashCode() % 200)))
                .status();
    }

    private static TestDatabase database() {
        return proxy.bean(TestDatabase.class);
    }
}
