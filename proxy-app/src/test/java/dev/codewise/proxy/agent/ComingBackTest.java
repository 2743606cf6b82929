package dev.codewise.proxy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.protocol.Protocol;
import dev.codewise.proxy.completion.Answerer;
import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.CompletionRouter;
import dev.codewise.proxy.completion.Origins;
import dev.codewise.proxy.completion.Turn;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Agents that lose their stream, come back, have a namesake, or are told to stop. */
@AgentSlice
class ComingBackTest {

    @LocalServerPort
    private int port;

    @Autowired
    private CompletionRouter router;

    @Autowired
    private AgentDirectory directory;

    private URI proxy = URI.create("about:blank");

    @BeforeEach
    void noAgentIsLeftFromBefore() {
        proxy = URI.create("http://127.0.0.1:" + port);
        await().until(() -> directory.connected().isEmpty());
    }

    @Test
    void anAgentOfLevel1LearnsMoreOfItsConnection() throws Exception {
        var script = FakeAgent.named("laptop-1").level1();
        try (var agent = script.connectTo(proxy)) {
            var greeting = agent.greeting();

            assertThat(greeting.get("resumed").asBoolean()).isFalse();
            assertThat(greeting.get("heartbeatIntervalMs").asLong()).isEqualTo(15_000);
            assertThat(greeting.get("resumeWindowMs").asLong()).isEqualTo(30_000);
            assertThat(greeting.get("limits").get("maxBatchMessages").asInt()).isEqualTo(256);
        }
        try (var minimal = FakeAgent.named("laptop-2").connectTo(proxy)) {
            assertThat(minimal.greeting().propertyNames())
                    .doesNotContain("resumed", "heartbeatIntervalMs", "resumeWindowMs");
        }
    }

    @Test
    @DisplayName("M18: an agent that loses its stream goes on posting, and its answer is whole")
    void aRunOutlivesTheStreamOfItsAgent() throws Exception {
        var script = FakeAgent.named("laptop-1").level1();
        var agent = script.connectTo(proxy);
        var answer = ask("req-c1");
        var run = agent.takes();
        run.says(1, "a");

        agent.hangsUp();
        await().until(() -> directory.connected().isEmpty());
        assertThat(run.says(2, "b").status()).isEqualTo(200);

        try (var back = script.connectTo(proxy)) {
            assertThat(back.greeting().get("resumed").asBoolean()).isTrue();
            assertThat(back.tells("{\"type\":\"resume\",\"running\":[{\"requestId\":\"" + run.id()
                                    + "\",\"nextSeq\":3},{\"requestId\":\"req-forgotten\",\"nextSeq\":9}]}")
                            .status())
                    .isEqualTo(200);
            assertThat(back.awaitEvent("resume").data().get("requests"))
                    .anySatisfy(fate -> assertThat(fate.toString())
                            .isEqualTo("{\"requestId\":\"req-c1\",\"state\":\"continue\",\"nextSeq\":3}"))
                    .anySatisfy(fate -> assertThat(fate.toString())
                            .isEqualTo("{\"requestId\":\"req-forgotten\",\"state\":\"gone\"}"));

            var going = run.goingOn(back);
            going.says(3, "c");
            going.finishes(4);
            assertThat(textOf(answer)).isEqualTo("abc");
        }
    }

    @Test
    @DisplayName("M02: what an agent had not begun goes to another one as soon as it is away")
    void whatWasNotBegunGoesOnElsewhere() throws Exception {
        var script = FakeAgent.named("laptop-1").level1();
        var agent = script.connectTo(proxy);
        var answer = ask("req-c2");
        var run = agent.takes();

        try (var other = FakeAgent.named("laptop-2").connectTo(proxy)) {
            agent.hangsUp();
            var again = other.takes();
            again.says("from the other one");
            again.finishes();

            assertThat(textOf(answer)).isEqualTo("from the other one");
            assertThat(answer.get()).contains(new Taken(new Answerer("agent", "laptop-2")));
            assertThat(run.says(1, "late").status()).isEqualTo(410);
        }
    }

    @Test
    void whatAnAgentLostOnItsWayIsHandedToItOnceMore() throws Exception {
        var script = FakeAgent.named("laptop-1").level1();
        try (var first = script.connectTo(proxy)) {
            var answer = ask("req-c3");
            first.takes();

            try (var second = script.connectTo(proxy)) {
                first.awaitEnd();
                second.tells("{\"type\":\"resume\",\"running\":[]}");
                var run = second.takes();
                assertThat(run.request().get("attempt").asInt()).isEqualTo(2);
                run.says(1, "now");
                run.finishes(2);

                assertThat(textOf(answer)).isEqualTo("now");
            }
        }
    }

    @Test
    void whatAnAgentHadBegunAndLostHasFailed() throws Exception {
        var script = FakeAgent.named("laptop-1").level1();
        try (var first = script.connectTo(proxy)) {
            var answer = ask("req-c4");
            first.takes().says(1, "begun");

            try (var second = script.connectTo(proxy)) {
                second.tells("{\"type\":\"resume\",\"running\":[]}");

                assertThat(answer).failsWithin(Duration.ofSeconds(5));
            }
        }
    }

    @Test
    @DisplayName("M13: an agent is told at once that a client has hung up")
    void isToldThatNobodyWaitsAnyMore() throws Exception {
        try (var agent = FakeAgent.named("laptop-1").level1().connectTo(proxy)) {
            var answer = router.complete(aRequest("req-c5")).subscribe();
            var run = agent.takes();
            run.says(1, "a");

            answer.dispose();

            var cancel = agent.awaitEvent("cancel").data();
            assertThat(cancel.get("requestId").asString()).isEqualTo(run.id());
            assertThat(cancel.get("reason").asString()).isEqualTo("client_disconnected");
            assertThat(run.says(2, "b").status()).isEqualTo(410);
        }
    }

    @Test
    @DisplayName("M26: of two programs with one id the newest wins, once")
    void theNewestHasTheId() throws Exception {
        try (var first = FakeAgent.named("twin").level1().connectTo(proxy);
                var second = FakeAgent.named("twin").level1().connectTo(proxy)) {
            assertThat(first.awaitEvent("replaced").data().get("by").asString()).isEqualTo("other_instance");
            first.awaitEnd();

            var third = FakeAgent.named("twin").level1().knock(proxy);

            assertThat(third.statusCode()).isEqualTo(409);
            assertThat(third.headers().firstValue("retry-after")).contains("10");
            assertThat(second.tells("{\"type\":\"heartbeat\"}").status()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("M26: and neither of the two has the id back at once, though it has had it before")
    void noneOfTwoThrowsTheOtherOutAtOnce() throws Exception {
        var script = FakeAgent.named("twin-that-insists").level1();
        try (var first = script.connectTo(proxy);
                var second = FakeAgent.named("twin-that-insists").level1().connectTo(proxy)) {
            first.awaitEnd();

            assertThat(script.knock(proxy).statusCode()).isEqualTo(409);
            assertThat(second.tells("{\"type\":\"heartbeat\"}").status()).isEqualTo(200);
        }
    }

    @Test
    void theRunsOfTheOlderOneStayItsOwn() throws Exception {
        var older = FakeAgent.named("twins").level1().connectTo(proxy);
        var answer = ask("req-c6");
        var run = older.takes();
        run.says(1, "a");

        try (var newer = FakeAgent.named("twins").level1().connectTo(proxy)) {
            older.awaitEnd();
            assertThat(run.goingOn(newer).says(2, "x").status()).isEqualTo(404);
            run.says(2, "b");
            run.finishes(3);

            assertThat(textOf(answer)).isEqualTo("ab");
        }
    }

    @Test
    void anAgentThatIsNotConnectedIsToldSo() throws Exception {
        var script = FakeAgent.named("laptop-1").level1();
        var agent = script.connectTo(proxy);
        agent.hangsUp();
        await().until(() -> directory.connected().isEmpty());

        assertThat(agent.tells("{\"type\":\"heartbeat\"}").code()).isEqualTo("unknown_agent");
        assertThat(agent.tells("{\"type\":\"resume\",\"running\":[]}").status()).isEqualTo(404);
    }

    @Test
    void anAgentMaySayThatItTakesNothingNew() throws Exception {
        try (var agent = FakeAgent.named("laptop-1").level1().connectTo(proxy)) {
            agent.tells("{\"type\":\"draining\"}");

            assertThat(directory.find("laptop-1"))
                    .get()
                    .extracting(AgentLink::state)
                    .isEqualTo(AgentState.DRAINING);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2    | 6a1d5d30-0c0e-4a6e-9f1e-2d3c4b5a6978 | unsupported_protocol
            one  | 6a1d5d30-0c0e-4a6e-9f1e-2d3c4b5a6978 | unsupported_protocol
            1    | laptop                               | bad_header
            1    | ''                                   | bad_header
            """)
    void anAgentThatSpeaksDifferentlyIsRefused(String level, String instance, String code) throws Exception {
        var request = HttpRequest.newBuilder(proxy.resolve(Protocol.CONNECT_PATH))
                .header("Authorization", "Bearer " + FakeAgent.SECRET)
                .header(Protocol.AGENT_ID, "laptop-1")
                .header(Protocol.LEVEL, level)
                .header(Protocol.INSTANCE, instance)
                .build();

        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
        assertThat(answer.body().contains("\"supported\":[1]")).isEqualTo(code.equals("unsupported_protocol"));
    }

    private CompletableFuture<List<CompletionEvent>> ask(String id) {
        return router.complete(aRequest(id)).collectList().toFuture();
    }

    private static CompletionRequest aRequest(String id) {
        return new CompletionRequest(Origins.origin(id), "sonnet", null, List.of(Turn.user("Hi")));
    }

    private static String textOf(CompletableFuture<List<CompletionEvent>> answer) throws Exception {
        return answer.get().stream()
                .filter(Text.class::isInstance)
                .map(event -> ((Text) event).text())
                .collect(Collectors.joining());
    }
}
