package dev.codewise.proxy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.proxy.CapturedLog;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an operator may order, over HTTP. */
@AgentSlice
class AgentOrdersTest {

    private static final String WHY = "{\"reason\":\"To be updated.\"}";

    @LocalServerPort
    private int port;

    @Autowired
    private AgentDirectory directory;

    @Autowired
    private CoolDowns coolDowns;

    private URI proxy = URI.create("about:blank");

    @BeforeEach
    void noAgentIsLeftFromBefore() {
        proxy = URI.create("http://127.0.0.1:" + port);
        await().until(() -> directory.connected().isEmpty());
    }

    @Test
    void drainsAnAgentAndTakesItBackTellingItWhyInOneLogLineEach() throws Exception {
        try (var log = CapturedLog.of(AgentOrderController.class);
                var agent = FakeAgent.named("laptop-1").connectTo(proxy)) {

            assertThat(body(order("laptop-1", "drain", WHY)).get("state").asString())
                    .isEqualTo("draining");
            assertThat(agent.awaitEvent("notice").data().toString())
                    .isEqualTo("{\"standing\":\"draining\",\"reason\":\"To be updated.\"}");
            assertThat(body(order("laptop-1", "resume", "")).get("state").asString())
                    .isEqualTo("active");
            assertThat(agent.awaitEvent("notice").data().get("standing").asString())
                    .isEqualTo("active");

            assertThat(log.lines())
                    .containsExactly(
                            "INFO Agent draining, as an operator asked", "INFO Agent resumed, as an operator asked");
        }
    }

    @Test
    void holdAlsoForAnAgentThatConnectsAnewUntilTheyAreTakenBack() throws Exception {
        try (var agent = FakeAgent.named("drained").connectTo(proxy)) {
            order("drained", "drain", WHY);
            agent.hangsUp();
            await().until(() -> directory.connected().isEmpty());
        }

        try (var back = FakeAgent.named("drained").connectTo(proxy)) {
            assertThat(back.awaitEvent("notice").data().toString())
                    .isEqualTo("{\"standing\":\"draining\",\"reason\":\"To be updated.\"}");
            assertThat(directory.find("drained").orElseThrow().state()).isEqualTo(AgentState.DRAINING);

            order("drained", "resume", "");
            assertThat(directory.find("drained").orElseThrow().state()).isEqualTo(AgentState.ACTIVE);
        }
        try (var again = FakeAgent.named("drained").connectTo(proxy)) {
            assertThat(directory.find("drained").orElseThrow().state()).isEqualTo(AgentState.ACTIVE);
            again.hangsUp();
        }
    }

    @Test
    void forgivesAnAgentThatWasLeftAlone() throws Exception {
        try (var log = CapturedLog.of("dev.codewise.proxy.agent");
                var agent = FakeAgent.named("laptop-1").connectTo(proxy)) {
            coolDowns.limited("laptop-1", Duration.ofHours(1));
            assertThat(body(order("laptop-1", "drain", ""))
                            .get("leftAloneForSeconds")
                            .asLong())
                    .isBetween(3590L, 3600L);

            assertThat(body(order("laptop-1", "resume", ""))
                            .get("leftAloneForSeconds")
                            .isNull())
                    .isTrue();
            assertThat(log.lines()).hasSize(4);
            agent.hangsUp();
        }
    }

    @Test
    void endsTheConnectionOfAnAgentAndTellsItWhyFirst() throws Exception {
        try (var agent = FakeAgent.named("laptop-1").connectTo(proxy)) {
            assertThat(order("laptop-1", "disconnect", WHY).statusCode()).isEqualTo(200);

            assertThat(agent.awaitEvent("notice").data().get("reason").asString())
                    .isEqualTo("To be updated.");
            agent.awaitEnd();
            await().until(() -> directory.connected().isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"drain", "resume", "disconnect"})
    void namesTheCureWhereTheAgentIsNotConnected(String what) throws Exception {
        HttpResponse<String> answer = order("laptop-9", what, WHY);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(body(answer).get("detail").asString())
                .isEqualTo("No agent \"laptop-9\" is connected. GET /api/agent/status lists those that are connected.");
    }

    @Test
    void repeatsNoIdThatCannotBeOne() throws Exception {
        assertThat(order("-x", "drain", "").body())
                .contains("This is no agent's id.")
                .doesNotContain("-x");
    }

    @Test
    void refusesAReasonThatIsNotOneShortLine() throws Exception {
        try (var agent = FakeAgent.named("laptop-9").connectTo(proxy)) {
            String longest = "x".repeat(200);

            assertThat(order("laptop-9", "drain", "{\"reason\":\"" + longest + "\"}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(order("laptop-9", "drain", "{\"reason\":\"" + longest + "x\"}")
                            .statusCode())
                    .isEqualTo(400);
            assertThat(order("laptop-9", "drain", "{\"reason\":\"two\\nlines\"}")
                            .statusCode())
                    .isEqualTo(400);
            assertThat(order("laptop-9", "drain", "{\"reason\":[1]}").statusCode())
                    .isEqualTo(400);
            assertThat(order("laptop-9", "drain", "nonsense").statusCode()).isEqualTo(400);
            agent.hangsUp();
        }
    }

    private HttpResponse<String> order(String agent, String what, String body) throws Exception {
        var request = HttpRequest.newBuilder(proxy.resolve("/api/agent/" + agent + "/" + what));
        if (!body.isEmpty()) {
            request.header("content-type", "application/json");
        }
        return HttpClient.newHttpClient()
                .send(request.POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private static JsonNode body(HttpResponse<String> answer) {
        return new JsonMapper().readTree(answer.body());
    }
}
