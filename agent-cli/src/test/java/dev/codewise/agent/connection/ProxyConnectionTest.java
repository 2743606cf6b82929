package dev.codewise.agent.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.agent.FakeProxy;
import dev.codewise.agent.Uplinks;
import dev.codewise.agent.connection.Access.Offer;
import dev.codewise.protocol.CancelReason;
import dev.codewise.protocol.ProxyEvent.Cancel;
import dev.codewise.protocol.ProxyEvent.Connected;
import dev.codewise.protocol.ProxyEvent.Drain;
import dev.codewise.protocol.ProxyEvent.Notice;
import dev.codewise.protocol.ProxyEvent.Notice.Standing;
import dev.codewise.protocol.ProxyEvent.Ping;
import dev.codewise.protocol.ProxyEvent.Replaced;
import dev.codewise.protocol.ProxyEvent.Resumed;
import dev.codewise.protocol.ProxyEvent.ResumedRun;
import dev.codewise.protocol.ProxyEvent.RunRequest;
import dev.codewise.protocol.RunTurn;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyConnectionTest {

    private FakeProxy proxy;
    private ProxyConnection connection;
    private final Heard heard = new Heard();
    private final CompletableFuture<ConnectionEnd> ended = new CompletableFuture<>();

    @BeforeEach
    void startProxy() throws IOException {
        proxy = FakeProxy.start();
        connection = connectionTo(proxy);
    }

    @AfterEach
    void stop() {
        connection.close();
        proxy.close();
    }

    @Test
    void saysWhoItIsAndWhatItOffers() {
        start();

        proxy.awaitConnection(1);
        assertThat(proxy.connects().get(0))
                .containsEntry("Authorization", List.of("Bearer a-secret-of-tests"))
                .containsEntry("X-agent-id", List.of("laptop-1"))
                .containsEntry("X-agent-max-concurrency", List.of("3"))
                .containsEntry("X-agent-models", List.of("sonnet,opus"))
                .containsEntry("X-agent-cli-version", List.of("2.1.197"))
                .containsEntry("X-codewise-protocol", List.of("1"))
                .containsEntry("X-agent-instance", List.of(Uplinks.INSTANCE))
                .containsEntry(
                        "X-agent-features",
                        List.of("seq,ndjson,cancel,heartbeat,resume,drain,media,sampling,schema,tools,continues"));
    }

    @Test
    void bringsRequestsAndSkipsWhatItDoesNotKnow() throws Exception {
        start();
        proxy.awaitConnection(1);

        proxy.sends("event: sparkle\ndata: {not json\n\n");
        proxy.sends(new Ping(1));
        proxy.sends("event: request\ndata: {\"requestId\":\"req_1\",\"model\":\"opus\",\"later\":{},"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\",\"mood\":1}],\"timeoutMs\":5}\n\n");

        await().untilAsserted(() -> assertThat(heard.events).containsExactly("connected laptop-1", "request req_1 Hi"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"role\":\"narrator\",\"content\":\"x\"}]",
                "[{\"role\":\"user\",\"content\":[{\"type\":\"image\"}]}]",
                "[{\"role\":\"user\"}]",
                "\"none\"",
            })
    void saysOfARequestItCannotReadThatItIsSo(String messages) throws Exception {
        start();
        proxy.awaitConnection(1);

        proxy.sends(
                "event: request\ndata: {\"requestId\":\"req_1\",\"model\":\"opus\",\"messages\":" + messages + "}\n\n");

        await().until(() -> heard.events.contains("unreadable req_1"));
    }

    @Test
    void goesOnAfterARequestThatIsTooLarge() throws Exception {
        start();
        proxy.awaitConnection(1);

        proxy.sends("event: request\ndata: " + "x".repeat(9 * 1024 * 1024) + "\n\n");
        proxy.sends(request("req_2"));

        await().until(() -> heard.events.contains("request req_2 Hi"));
    }

    @Test
    void takesARequestOfAMegabyteInOnePiece() throws Exception {
        start();
        proxy.awaitConnection(1);
        var text = "é".repeat(500_000);

        proxy.sends(new RunRequest(
                "req_1", 1, "opus", true, null, List.of(new RunTurn(RunTurn.Role.USER, text)), null, 1, 1));

        await().until(() -> heard.events.contains("request req_1 " + text));
    }

    @Test
    void connectsAgainWhenTheStreamEnds() {
        start();
        proxy.awaitConnection(1);

        proxy.hangsUp();

        proxy.awaitConnection(2);
        assertThat(heard.events).contains("disconnected: the connection was lost");
    }

    @Test
    void connectsAgainWhenNothingComesForTwoAndAHalfPings() {
        proxy.promisesPingsEvery(Duration.ofMillis(100));

        start();

        proxy.awaitConnection(2);
    }

    @Test
    void staysWhileAnythingComes() throws Exception {
        proxy.promisesPingsEvery(Duration.ofMillis(200));
        start();
        proxy.awaitConnection(1);

        for (var ping = 0; ping < 10; ping++) {
            proxy.sends(":\n\n");
            await().pollDelay(Duration.ofMillis(100)).until(() -> true);
        }

        assertThat(proxy.connects()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "503, it is not ready (503)",
        "404, it answered 404; is --url right?",
        "409, another agent is using this agent's id (409)",
        "500, it answered 500",
    })
    void triesAgainWhenItIsRefusedForNow(int status, String reason) {
        proxy.refusesConnections(status);

        start();

        proxy.awaitConnection(1);
        assertThat(heard.events).contains("disconnected: " + reason);
    }

    @Test
    void triesAgainWhenNobodyIsThere() {
        proxy.close();

        start();

        await().until(() -> heard.events.contains("disconnected: nothing listens there"));
    }

    @Test
    void triesAgainWhenSomethingElseAnswers() {
        proxy.answersWithType("text/html");

        start();

        await().until(() -> heard.events.stream().anyMatch(event -> event.contains("no Codewise proxy")));
    }

    @ParameterizedTest
    @CsvSource({"401, UNAUTHORIZED", "400, REFUSED"})
    void givesUpWhenItWasNeverWanted(int status, ConnectionEnd end) {
        proxy.refusesConnections(status);

        start();

        assertThat(ended).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(end);
    }

    @Test
    void waitsHalfAMinuteWhenItsSecretIsNoLongerGood() {
        proxy.refusesConnections();
        start();
        proxy.awaitConnection(1);
        proxy.refusesConnections(401);

        proxy.hangsUp();

        await().until(() -> heard.events.contains("unauthorized, 30 s"));
    }

    @Test
    void givesUpWhenAnotherAgentHasItsName() throws Exception {
        start();
        proxy.awaitConnection(1);

        proxy.sends(new Replaced("other_instance"));

        assertThat(ended).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(ConnectionEnd.REPLACED);
    }

    @Test
    void hearsWhatTheOperatorDoesWithIt() throws Exception {
        start();
        proxy.awaitConnection(1);

        proxy.sends(new Notice(Standing.DRAINING, "To be updated."));
        proxy.sends(new Notice(Standing.ACTIVE, null));

        await().untilAsserted(() -> assertThat(heard.events)
                .containsExactly("connected laptop-1", "noticed DRAINING, To be updated.", "noticed ACTIVE, null"));
    }

    @Test
    void doesNotComeBackWhenTheOperatorSendsItAway() throws Exception {
        start();
        proxy.awaitConnection(1);

        proxy.sends(new Notice(Standing.DISCONNECTED, "Not yours."));

        assertThat(ended).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(ConnectionEnd.SENT_AWAY);
        assertThat(heard.events).contains("noticed DISCONNECTED, Not yours.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"connected", "request", "notice", "replaced-not", "cancel", "drain", "resume"})
    void passesOverDataThatIsNull(String event) throws Exception {
        start();
        proxy.awaitConnection(1);

        proxy.sends("event: " + event + "\ndata: null\n\n");
        proxy.sends(request("req_2"));

        await().untilAsserted(() -> assertThat(heard.events).containsExactly("connected laptop-1", "request req_2 Hi"));
    }

    @Test
    void hearsOfRunsThatTheProxyDoesNotWantAnyMore() throws Exception {
        start();
        proxy.awaitConnection(1);

        proxy.sends(new Cancel("req_1", CancelReason.TIMEOUT));
        proxy.sends("event: cancel\ndata: {\"requestId\":\"req_2\",\"reason\":\"of a later version\"}\n\n");
        proxy.sends(new Resumed(List.of(ResumedRun.gone("req_3"), ResumedRun.from("req_4", 17))));

        await().untilAsserted(() -> assertThat(heard.events)
                .contains("cancel req_1 TIMEOUT", "cancel req_2 null", "req_3 GONE", "req_4 CONTINUE"));
    }

    @Test
    void keepsTheStreamOfAProxyThatStopsUntilItHasAnother() throws Exception {
        start();
        proxy.awaitConnection(1);
        proxy.refusesConnections(503);

        proxy.sends(new Drain("deploy", 0, 20_000));
        await().until(() -> proxy.connects().size() == 2);
        proxy.sends(request("req_1"));
        proxy.awaitConnection(2);
        proxy.sends(request("req_2"));

        await().until(() -> heard.events.contains("request req_2 Hi"));
        assertThat(heard.events)
                .containsExactly(
                        "connected laptop-1",
                        "draining deploy",
                        "request req_1 Hi",
                        "connected laptop-1",
                        "request req_2 Hi");
    }

    @Test
    void comesBackWhereAStoppedProxyWasTheOnlyOne() throws Exception {
        start();
        proxy.awaitConnection(1);
        proxy.refusesConnections(503);
        proxy.sends(new Drain("deploy", 0, 20_000));
        await().until(() -> proxy.connects().size() == 2);

        proxy.hangsUp();

        proxy.awaitConnection(2);
        assertThat(heard.events).contains("disconnected: the proxy has stopped");
    }

    @Test
    void endsWhenItIsClosed() {
        start();
        proxy.awaitConnection(1);

        connection.close();

        assertThat(ended).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(ConnectionEnd.CLOSED);
    }

    private void start() {
        var thread = new Thread(this::run, "connection-under-test");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            ended.complete(connection.run());
        } catch (InterruptedException e) {
            ended.completeExceptionally(e);
        }
    }

    private ProxyConnection connectionTo(FakeProxy proxy) {
        var offer = new Offer(3, List.of("sonnet", "opus"), "1", "2.1.197");
        var access = new Access(
                proxy.url().resolve("/api/agent/connect"), "a-secret-of-tests", "laptop-1", Uplinks.INSTANCE, offer);
        return new ProxyConnection(HttpClient.newHttpClient(), access, heard, new ReconnectDelay(() -> -0.9));
    }

    private static RunRequest request(String id) {
        return new RunRequest(id, 1, "opus", true, null, List.of(new RunTurn(RunTurn.Role.USER, "Hi")), null, 1, 1);
    }

    private static final class Heard implements ProxyListener {

        private final List<String> events = new CopyOnWriteArrayList<>();

        @Override
        public void connected(Connected connected) {
            events.add("connected " + connected.agentId());
        }

        @Override
        public void requested(RunRequest request) {
            events.add("request " + request.requestId() + " "
                    + request.messages().get(0).content().text());
        }

        @Override
        public void unreadable(String requestId, String reason) {
            events.add("unreadable " + requestId);
        }

        @Override
        public void cancelled(Cancel cancel) {
            events.add("cancel " + cancel.requestId() + " " + cancel.reason());
        }

        @Override
        public void resumed(Resumed resumed) {
            resumed.requests().forEach(run -> events.add(run.requestId() + " " + run.state()));
        }

        @Override
        public void draining(Drain drain) {
            events.add("draining " + drain.reason());
        }

        @Override
        public void noticed(Notice notice) {
            events.add("noticed " + notice.standing() + ", " + notice.reason());
        }

        @Override
        public void refused(String reason) {
            events.add("refused: " + reason);
        }

        @Override
        public void disconnected(String reason, Duration retryAfter) {
            events.add("disconnected: " + reason);
        }

        @Override
        public void unauthorized(Duration retryAfter) {
            events.add("unauthorized, " + retryAfter.toSeconds() + " s");
        }
    }
}
