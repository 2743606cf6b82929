package dev.codewise.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.proxy.agent.FakeAgent;
import dev.codewise.proxy.database.TestDatabase;
import dev.codewise.proxy.status.ProxyStart;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whose agent answers whom, and what becomes of an agent whose token is taken back, through the whole proxy. */
@TestInstance(Lifecycle.PER_CLASS)
class OwnersTest {

    private static final String KEY = "a-key-for-the-operator";
    private static final JsonMapper JSON = new JsonMapper();

    private final TestDatabase database = TestDatabase.fresh();
    private ProxyStart proxy;
    private Operator operator;

    @BeforeAll
    void start() {
        proxy = ProxyStart.with(Map.of(
                "DATABASE_URL",
                database.url(),
                "AGENT_SECRET",
                FakeAgent.SECRET,
                "CODEWISE_API_KEY",
                KEY,
                "QUEUE_WAIT",
                "30s",
                "MODEL_ALIASES",
                "gpt-4o=sonnet"));
        operator = new Operator(URI.create("http://127.0.0.1:" + proxy.port()), KEY);
        await().untilAsserted(() -> assertThat(
                        operator.send("GET", "/api/admin/keys", "").statusCode())
                .isEqualTo(200));
    }

    @AfterAll
    void stop() {
        proxy.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"laptop-1", "a", "my_lap-top_2", "x_cwa_y-", "A.b__"})
    void aTokenLetsItsOwnAgentIn(String id) throws Exception {
        JsonNode made = operator.token(id, "alice");
        String token = made.path("token").asString();

        try (var agent = FakeAgent.named(id).secret(token).connectTo(operator.proxy())) {
            assertThat(agent.greeting().path("agentId").asString()).isEqualTo(id);
            assertThat(token).matches("cwa_" + id + "_[A-Za-z0-9_-]{43}");
            assertThat(operator.seen(
                                    "/api/admin/agent-tokens/" + made.path("id").asString())
                            .toString())
                    .contains("alice", id)
                    .doesNotContain(token.substring(token.length() - 43));
            assertThat(database.value("select string_agg(t::text, ' ') from agent_token t"))
                    .doesNotContain(token.substring(token.length() - 43));
        }
    }

    @Test
    void aTokenIsGoodUnderNoOtherName() throws Exception {
        String token = operator.token("mine", "alice").path("token").asString();
        var other = FakeAgent.named("yours").secret(token);

        assertThat(other.knock(operator.proxy()).statusCode()).isEqualTo(401);
        assertThat(operator.as(token)
                        .send("POST", "/api/agent/response", "{}", "X-Agent-Id", "yours")
                        .statusCode())
                .isEqualTo(401);
        assertThat(operator.as(token)
                        .send("POST", "/api/agent/response", "{}", "X-Agent-Id", "mine")
                        .statusCode())
                .isEqualTo(400);
    }

    /** Of the agents that share a secret whoever knows the id of a request may post for it; a token says who posts. */
    @Test
    void aTokenNamesWhoDoesNotSayHisName() throws Exception {
        String alice = operator.key("ann", "completions");
        String token = operator.token("anns", "ann").path("token").asString();
        String other = operator.token("others", "other").path("token").asString();
        try (var agent = FakeAgent.named("anns").secret(token).connectTo(operator.proxy())) {
            var answer = operator.as(alice).asks("sonnet");
            var run = agent.takes();
            String forged = "{\"type\":\"chunk\",\"requestId\":\"" + run.id() + "\",\"content\":\"forged\"}";

            assertThat(operator.as(other)
                            .send("POST", "/api/agent/response", forged)
                            .statusCode())
                    .isEqualTo(404);
            assertThat(run.saysWithoutAName("true")).isEqualTo(200);
            run.finishes();

            assertThat(answer.join().body()).contains("true").doesNotContain("forged");
        }
    }

    @Test
    void aKeyThatIsRevokedHasItsLastAnswerToTheEndAndNoOther() throws Exception {
        String key = operator.key("dora", "completions");
        String token = operator.token("doras", "dora").path("token").asString();
        try (var agent = FakeAgent.named("doras").secret(token).level1().connectTo(operator.proxy())) {
            var answer = operator.as(key).asks("sonnet");
            var run = agent.takes();
            run.says(1, "Hel");

            operator.send("DELETE", "/api/admin/keys/" + key.split("_", -1)[1], "");
            int next = operator.as(key).asks("sonnet").join().statusCode();
            run.says(2, "lo");
            run.finishes(3);

            assertThat(next).isEqualTo(401);
            assertThat(answer.join().statusCode()).isEqualTo(200);
            assertThat(answer.join().body()).contains("Hello");
        }
    }

    @Test
    void m37AnAgentWhoseTokenIsRevokedIsSentAwayAndWhatItRunsIsCut() throws Exception {
        String key = operator.key("carl", "completions");
        JsonNode made = operator.token("carls", "carl");
        try (var log = CapturedLog.of("dev.codewise.proxy.agent.BadgeWatch");
                var agent = FakeAgent.named("carls")
                        .secret(made.path("token").asString())
                        .level1()
                        .connectTo(operator.proxy())) {
            var answer = operator.as(key).asks("sonnet");
            var run = agent.takes();
            run.says(1, "Hel");

            operator.send("DELETE", "/api/admin/agent-tokens/" + made.path("id").asString(), "");

            assertThat(agent.awaitEvent("notice").data().toString()).contains("disconnected", "revoked");
            agent.awaitEnd();
            assertThat(answer.join().statusCode()).isEqualTo(502);
            assertThat(run.says(2, "lo").status()).isEqualTo(401);
            assertThat(log.lines())
                    .containsExactly(
                            "WARN The token of a connected agent is not good any more; the agent is sent away");
        }
    }

    @Test
    void anAgentWhoseTokenExpiresIsSentAway() throws Exception {
        JsonNode made = operator.token("dans", "dan");
        var script = FakeAgent.named("dans").secret(made.path("token").asString());
        try (var log = CapturedLog.of("dev.codewise.proxy.agent.BadgeWatch");
                var agent = script.connectTo(operator.proxy())) {
            database.execute("update agent_token set expires_at = now() where id = '"
                    + made.path("id").asString() + "'");

            agent.awaitEnd();
            assertThat(script.knock(operator.proxy()).statusCode()).isEqualTo(401);
            assertThat(log.lines()).hasSize(1);
        }
    }

    @Test
    void anAgentWorksForItsOwnerAloneUntilItIsPutIntoThePool() throws Exception {
        String erin = operator.key("erin", "completions");
        String frank = operator.key("frank", "completions");
        JsonNode made = operator.token("erins", "erin");
        try (var agent =
                FakeAgent.named("erins").secret(made.path("token").asString()).connectTo(operator.proxy())) {
            assertThat(operator.as(frank).asks("sonnet").join().body()).contains("No agent is connected.");
            assertThat(operator.asks("sonnet").join().statusCode()).isEqualTo(503);
            var hers = operator.as(erin).asks("sonnet");
            agent.takes().finishes();
            assertThat(hers.join().statusCode()).isEqualTo(200);

            operator.send(
                    "PATCH", "/api/admin/agent-tokens/" + made.path("id").asString(), "{\"version\":1,\"pool\":true}");

            await().untilAsserted(() -> assertThat(agents(frank("agents:read"))).contains("erins"));
            var his = operator.as(frank).asks("sonnet");
            agent.takes().finishes();
            assertThat(his.join().statusCode()).isEqualTo(200);
        }
    }

    private String frank(String scope) throws Exception {
        return operator.key("frank", scope);
    }

    @Test
    void anAgentIsSeenByWhoCanReachItAndByOperators() throws Exception {
        String token = operator.token("ginas", "gina").path("token").asString();
        try (var own = FakeAgent.named("ginas")
                        .secret(token)
                        .offering("ginas-own")
                        .connectTo(operator.proxy());
                var shared = FakeAgent.named("shared").offering("for-all").connectTo(operator.proxy())) {
            assertThat(agents(operator.key("gina", "agents:read"))).containsOnly("ginas", "shared");
            assertThat(agents(operator.key("hal", "agents:read"))).containsOnly("shared");
            assertThat(agents(operator.key("hal", "agents:read", "admin"))).containsOnly("ginas", "shared");
            assertThat(models(operator.key("gina", "completions"))).contains("ginas-own", "for-all");
            assertThat(models(operator.key("hal", "completions")))
                    .contains("for-all")
                    .doesNotContain("ginas-own");
            assertThat(operator.as(operator.key("hal", "completions"))
                            .asks("ginas-own")
                            .join()
                            .statusCode())
                    .isEqualTo(404);
            assertThat(List.of(own.greeting(), shared.greeting())).hasSize(2);
        }
    }

    @Test
    void anAgentHasOneOwner() throws Exception {
        operator.token("only", "ida");

        var second = operator.send(
                "POST", "/api/admin/agent-tokens", "{\"agentId\":\"only\",\"owner\":\"jack\",\"pool\":true}");

        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(operator.token("only", "ida").path("token").asString()).startsWith("cwa_only_");
    }

    @Test
    void aTokenThatHasExpiredIsNotRenewedWhereItsAgentIsAnothersByNow() throws Exception {
        String id = operator.token("sold", "liz").path("id").asString();
        database.execute("update agent_token set expires_at = now() where id = '" + id + "'");
        operator.token("sold", "mia");

        var refused = operator.send("PATCH", "/api/admin/agent-tokens/" + id, "{\"version\":1,\"expiresAt\":null}");

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("belongs to another owner");
    }

    @Test
    void anAgentHasOneOwnerAlsoWhereTwoTokensForItAreMadeAtOnce() throws Exception {
        try (var connection = database.connect();
                var other = connection.createStatement()) {
            connection.setAutoCommit(false);
            other.execute("select pg_advisory_xact_lock(hashtext('raced'))");

            var late = CompletableFuture.supplyAsync(() -> post("{\"agentId\":\"raced\",\"owner\":\"nora\"}"));
            await().until(() -> late.isDone() || waitingForLocks().equals("1"));
            other.execute("insert into owner (name) values ('olga')");
            other.execute("insert into agent_token (id, agent_id, owner_id, name, pool, hash)"
                    + " select 'raced', 'raced', id, 'raced', false, sha256('x') from owner where name = 'olga'");
            connection.commit();

            assertThat(late.join().statusCode()).isEqualTo(409);
        }
    }

    private HttpResponse<String> post(String token) {
        try {
            return operator.send("POST", "/api/admin/agent-tokens", token);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private String waitingForLocks() {
        return database.value("select count(*) from pg_stat_activity"
                + " where datname = current_database() and wait_event_type = 'Lock'");
    }

    @Test
    void whatIsDoneToTokensAndAgentsIsNoted() throws Exception {
        String id = operator.token("noted", "kim").path("id").asString();
        operator.send("PATCH", "/api/admin/agent-tokens/" + id, "{\"version\":1,\"name\":\"new\"}");
        operator.send("PATCH", "/api/admin/agent-tokens/" + id, "{\"version\":1,\"name\":\"too late\"}");
        operator.send("DELETE", "/api/admin/agent-tokens/" + id, "");
        operator.send("DELETE", "/api/admin/agent-tokens/" + id, "");
        try (var agent = FakeAgent.named("ordered").connectTo(operator.proxy())) {
            operator.send("POST", "/api/agent/ordered/drain", "{\"reason\":\"To be updated.\"}");
            operator.send("POST", "/api/agent/ordered/resume", "");
            operator.send("POST", "/api/agent/ordered/disconnect", "");
            operator.send("POST", "/api/agent/nobody/drain", "");
            agent.awaitEnd();
        }

        assertThat(noted(id)).isEqualTo("token.made token.changed token.revoked");
        await().untilAsserted(
                        () -> assertThat(noted("ordered")).isEqualTo("agent.drained agent.resumed agent.disconnected"));
        assertThat(database.value("select actor || ' ' || address || ' ' || detail from audit_entry"
                        + " where action = 'agent.drained'"))
                .isEqualTo("operator 127.0.0.1 To be updated.");
    }

    private String noted(String subject) {
        return database.value(
                "select string_agg(action, ' ' order by id) from audit_entry where subject = '" + subject + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, '\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]'",
        "/v1/completions, '\"prompt\":\"Hi\"'",
        "/v1/responses, '\"input\":\"Hi\"'",
        "/v1/messages, '\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]'"
    })
    void aKeyMayAskOnlyTheModelsThatItNames(String path, String members) throws Exception {
        var client = operator.as(sonnetOnly("lea"));

        var refused = client.send("POST", path, "{\"model\":\"opus\"," + members + "}");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(JSON.readTree(refused.body()).at("/error/type").asString()).isEqualTo("permission_error");
        assertThat(refused.body()).contains("may not ask the model");
        for (String same : List.of("sonnet", "claude-sonnet-5", "gpt-4o")) {
            assertThat(client.send("POST", path, "{\"model\":\"" + same + "\"," + members + "}")
                            .statusCode())
                    .as(same)
                    .isEqualTo(503);
        }
    }

    @Test
    void aKeyIsShownOnlyTheModelsThatItMayAsk() throws Exception {
        String key = sonnetOnly("mia");

        assertThat(models(key)).containsOnly("sonnet", "gpt-4o");
        assertThat(operator.as(key).send("GET", "/v1/models/opus", "").statusCode())
                .isEqualTo(403);
        assertThat(operator.as(key).send("GET", "/v1/models/gpt-4o", "").statusCode())
                .isEqualTo(200);
    }

    @Test
    void theModelsOfAKeyCanBeChanged() throws Exception {
        JsonNode made = operator.made("/api/admin/keys", "{\"name\":\"x\",\"owner\":\"nik\",\"models\":[\"opus\"]}");
        var client = operator.as(made.path("key").asString());
        int before = client.asks("haiku").join().statusCode();

        operator.send("PATCH", "/api/admin/keys/" + made.path("id").asString(), "{\"version\":1,\"models\":null}");

        assertThat(before).isEqualTo(403);
        assertThat(client.asks("haiku").join().statusCode()).isEqualTo(503);
        assertThat(operator.send(
                                "POST", "/api/admin/keys", "{\"name\":\"x\",\"owner\":\"nik\",\"models\":[\"--opus\"]}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aConversationThatIsKeptGoesOnForItsOwnerOnly() throws Exception {
        var olga = operator.as(operator.key("olga", "completions"));
        var paul = operator.as(operator.key("paul", "completions"));
        try (var agent = FakeAgent.named("pooled").connectTo(operator.proxy())) {
            var answer = olga.sendAsync("/v1/responses", "{\"model\":\"sonnet\",\"input\":\"Hi\"}");
            agent.takes().finishes();
            String id = JSON.readTree(answer.join().body()).path("id").asString();
            String next = "{\"model\":\"sonnet\",\"input\":\"And?\",\"previous_response_id\":\"" + id + "\"}";

            assertThat(paul.send("POST", "/v1/responses", next).body()).contains("previous_response_not_found");
            assertThat(paul.send("GET", "/v1/responses/" + id, "").statusCode()).isEqualTo(404);
            var hers = olga.sendAsync("/v1/responses", next);
            agent.takes().finishes();
            assertThat(hers.join().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void anIdempotencyKeyIsOneOfAKey() throws Exception {
        var quin = operator.as(operator.key("quin", "completions"));
        var sameOwner = operator.as(operator.key("quin", "completions"));
        try (var agent = FakeAgent.named("once").connectTo(operator.proxy())) {
            var first = quin.asks("sonnet", "Idempotency-Key", "1");
            agent.takes().finishes();
            first.join();
            var second = sameOwner.asks("sonnet", "Idempotency-Key", "1");
            agent.takes().finishes();

            String id = idOf(first.join());
            assertThat(idOf(second.join())).isNotEqualTo(id);
            assertThat(idOf(quin.asks("sonnet", "Idempotency-Key", "1").join())).isEqualTo(id);
        }
    }

    private static String idOf(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body()).path("id").asString();
    }

    private String sonnetOnly(String owner) throws Exception {
        return operator.made("/api/admin/keys", "{\"name\":\"x\",\"owner\":\"" + owner + "\",\"models\":[\"sonnet\"]}")
                .path("key")
                .asString();
    }

    private Set<String> agents(String key) throws Exception {
        return operator.as(key)
                .seen("/api/agent/status")
                .path("agents")
                .valueStream()
                .map(agent -> agent.path("id").asString())
                .collect(Collectors.toSet());
    }

    private Set<String> models(String key) throws Exception {
        return operator.as(key)
                .seen("/v1/models")
                .path("data")
                .valueStream()
                .map(model -> model.path("id").asString())
                .collect(Collectors.toSet());
    }
}
