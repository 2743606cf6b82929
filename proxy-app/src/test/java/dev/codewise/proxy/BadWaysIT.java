package dev.codewise.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.fixtures.FakeClaude;
import dev.codewise.fixtures.ToggleProxy;
import dev.codewise.fixtures.Way;
import dev.codewise.proxy.agent.FakeAgent;
import dev.codewise.proxy.agent.FakeAgent.FakeRun;
import dev.codewise.proxy.database.TestDatabase;
import dev.codewise.proxy.status.ProxyStart;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent's jar behind networks as they are: its answers are whole, or visibly errors. The proxy's times are shortened. */
@Tag("long")
class BadWaysIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String[] WORDS =
            IntStream.range(0, 40).mapToObj(i -> "word" + i + " ").toArray(String[]::new);

    private static ProxyStart proxy;
    private static URI url;

    @TempDir
    Path folder;

    private FakeClaude claude;
    private ToggleProxy way;

    @BeforeAll
    static void startProxy() {
        proxy = ProxyStart.with(Map.of(
                "DATABASE_URL",
                TestDatabase.fresh().url(),
                "AGENT_SECRET",
                FakeAgent.SECRET,
                "CODEWISE_AGENT_PINGINTERVAL",
                "500ms",
                "CODEWISE_AGENT_LINK_HEARTBEAT",
                "500ms",
                "CODEWISE_AGENT_LINK_SUSPECT",
                "3s",
                "CODEWISE_AGENT_LINK_LOST",
                "6s",
                "CODEWISE_AGENT_LINK_AWAY",
                "10s",
                "CODEWISE_SERVER_UNREAD",
                "2s",
                "LOGGING_LEVEL_DEV_CODEWISE_PROXY",
                "error"));
        url = URI.create("http://127.0.0.1:" + proxy.port());
    }

    @AfterAll
    static void stopProxy() {
        proxy.close();
    }

    @BeforeEach
    void start() throws IOException {
        claude = FakeClaude.in(Files.createDirectory(folder.resolve("claude")));
        way = ToggleProxy.to(url);
    }

    @AfterEach
    void stop() {
        way.close();
    }

    @Test
    @DisplayName("M17: an agent that hears nothing more of its proxy connects anew, and its answer is whole")
    void connectsAnewWhereNothingIsHeardOfTheProxy() throws Exception {
        claude.begins("Hel").waitsToBeReleased().says("lo");

        try (var agent = connectAgent();
                var answer = StreamedAnswer.to("Hi", url)) {
            answer.awaitText("Hel");
            way.goesDeaf("GET /api/agent/connect", Way.DOWN);
            await().atMost(PATIENCE).until(() -> agent.connections() == 2);
            claude.release();

            assertThat(answer.isComplete()).as("%s", answer).isTrue();
            assertThat(answer.text()).isEqualTo("Hello");
            assertThat(claude.calls()).hasSize(1);
        }
    }

    @Test
    @DisplayName("M04: an agent that does nothing more is lost, its request fails visibly, and it may come back")
    void losesAnAgentThatDoesNothingMore() throws Exception {
        claude.begins("Hel").stalls();

        try (var agent = connectAgent()) {
            var answer = StreamedAnswer.to("Hi", url);
            answer.awaitText("Hel");
            agent.freezes();
            await().atMost(PATIENCE).until(() -> !isConnected());

            assertThat(answer.isComplete()).isFalse();
            assertThat(answer.toString()).contains("\"error\"").doesNotContain("\"finish_reason\":\"stop\"");
            agent.goesOn();
            await().atMost(PATIENCE).until(() -> agent.connections() == 2);
            await().atMost(PATIENCE).until(() -> claude.calls().get(0).alive().isEmpty());
        }
    }

    @Test
    @DisplayName("M13: an agent is told at once that its client has hung up, also where that was done rudely")
    void tellsTheAgentOfAClientThatResetsItsConnection() throws Exception {
        try (var agent = FakeAgent.named("fake").level1().connectTo(url)) {
            var client = rawClient();
            var run = agent.takes();
            run.says(1, "Hel");
            assertThat(client.getInputStream().read()).isEqualTo('H');

            client.setSoLinger(true, 0);
            client.close();

            assertThat(agent.awaitEvent("cancel").data().get("requestId").asString())
                    .isEqualTo(run.id());
            assertThat(run.says(2, "lo").status()).isEqualTo(410);
        }
    }

    private static Socket rawClient() throws IOException {
        var socket = new Socket(url.getHost(), url.getPort());
        String body = "{\"model\":\"sonnet\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        String request = "POST /v1/chat/completions HTTP/1.1\r\nHost: " + url.getAuthority()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    @DisplayName("M14: a client that takes nothing more while text flows is given up, and its agent told to stop")
    void givesUpAClientThatTakesNothingMore() throws Exception {
        try (var agent = FakeAgent.named("fake").level1().connectTo(url)) {
            var beginning = CompletableFuture.supplyAsync(this::askedOverTheWay);
            var run = agent.takes();
            run.says(1, "Hel");
            var answer = beginning.join();
            answer.awaitText("Hel");

            way.pause(Way.DOWN);
            var posts = CompletableFuture.supplyAsync(() -> goesOnFrom(2, run));

            assertThat(agent.awaitEvent("cancel").data().get("requestId").asString())
                    .isEqualTo(run.id());
            assertThat(posts.join()).isEqualTo(410);
            answer.close();
        }
    }

    private StreamedAnswer askedOverTheWay() {
        try {
            return StreamedAnswer.to("Hi", way.url());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Says one large piece after the other until the proxy does not want any more, and returns how it says so. */
    private static int goesOnFrom(long first, FakeRun run) {
        String piece = "x".repeat(64 * 1024);
        try {
            for (long seq = first; ; seq++) {
                int status = run.says(seq, piece).status();
                if (status != 200) {
                    return status;
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @DisplayName("M16: an agent of which nothing is heard any more is given up, and comes back")
    void comesBackWhereNothingWasHeardOfTheAgent() throws Exception {
        claude.says("Hello");

        try (var agent = connectAgent()) {
            way.pause(Way.UP);
            await().atMost(PATIENCE).until(() -> !isConnected());
            way.resume();
            await().atMost(PATIENCE).until(() -> agent.connections() == 2);

            try (var answer = StreamedAnswer.to("Hi", url)) {
                answer.awaitText("Hello");
            }
        }
    }

    @Test
    @DisplayName("M18: an agent that has lost its stream goes on posting")
    void goesOnPostingWithoutAStream() throws Exception {
        claude.begins("Hel").waitsToBeReleased().says("lo");

        try (var agent = connectAgent();
                var answer = StreamedAnswer.to("Hi", url)) {
            answer.awaitText("Hel");
            way.cut("GET /api/agent/connect");
            await().atMost(PATIENCE).until(() -> agent.output().contains("trying again"));
            claude.release();

            assertThat(answer.isComplete()).as("%s", answer).isTrue();
            assertThat(answer.text()).isEqualTo("Hello");
            assertThat(agent.connections()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("M19: an agent whose posts are cut repeats them, and its answer is whole")
    void repeatsWhatItCouldNotPost() throws Exception {
        claude.begins("Hel").waitsToBeReleased().says("lo ", "there");

        try (var agent = connectAgent();
                var answer = StreamedAnswer.to("Hi", url)) {
            answer.awaitText("Hel");
            way.cut("POST /api/agent/response");
            claude.release();
            await().during(Duration.ofSeconds(1)).until(() -> answer.text().equals("Hel"));
            way.mend();

            assertThat(answer.isComplete()).as("%s", answer).isTrue();
            assertThat(answer.text()).isEqualTo("Hello there");
            assertThat(agent.connections()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("M21: on a way that is slow, and stalls now and then, nothing is lost and the order is kept")
    void keepsTheOrderOnASlowWay() throws Exception {
        claude.says(WORDS);
        var random = new Random(21);
        way.delays(() -> Duration.ofMillis(random.nextInt(20) == 0 ? 600 : 200));

        try (var agent = connectAgent();
                var answer = StreamedAnswer.to("Hi", url)) {

            assertThat(answer.isComplete()).as("%s", answer).isTrue();
            assertThat(answer.text()).isEqualTo(String.join("", WORDS));
            assertThat(agent.connections()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("M22: pings keep a connection that a load balancer would end for being idle")
    void outlivesALoadBalancerThatEndsWhatIsIdle() throws Exception {
        way.endsWhatIsIdleFor(Duration.ofSeconds(1));
        claude.says("Hello");

        try (var agent = connectAgent()) {
            await().during(Duration.ofSeconds(3)).atMost(PATIENCE).until(() -> agent.connections() == 1);

            try (var answer = StreamedAnswer.to("Hi", url)) {
                assertThat(answer.isComplete()).as("%s", answer).isTrue();
                assertThat(answer.text()).isEqualTo("Hello");
            }
            assertThat(agent.connections()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("M23: a reverse proxy that gathers answers holds up neither requests nor the first word")
    void isHeardAtOnceThroughAProxyThatGathers() throws Exception {
        way.gathersAnswers(8 * 1024);
        claude.begins("Hel").waitsToBeReleased().says("lo");

        try (var agent = connectAgent();
                var answer = StreamedAnswer.to("Hi", way.url())) {
            answer.awaitText("Hel");
            claude.release();

            assertThat(answer.isComplete()).as("%s", answer).isTrue();
            assertThat(agent.connections()).isEqualTo(1);
        }
    }

    private static boolean isConnected() throws Exception {
        var request = HttpRequest.newBuilder(url.resolve("/api/agent/status")).build();
        return HTTP.send(request, BodyHandlers.ofString()).body().contains("connectedSince");
    }

    private AgentProcess connectAgent() throws IOException {
        var agent = AgentProcess.run(
                folder,
                URI.create("http://127.0.0.1:9"),
                "--url",
                way.url().toString(),
                "--secret",
                FakeAgent.SECRET,
                "--claude",
                claude.executable().toString(),
                "--warm",
                "0");
        await().atMost(PATIENCE).until(() -> agent.connections() == 1);
        return agent;
    }
}
