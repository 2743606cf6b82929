package dev.codewise.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.fixtures.FakeClaude;
import dev.codewise.fixtures.ToggleProxy;
import dev.codewise.protocol.Protocol;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

/** Both jars with a way between them that breaks, a client that leaves, and a proxy that is started anew. */
@Tag("long")
class ComingBackIT {

    @TempDir
    private static Path home;

    private static ProxyProcess proxy;

    @TempDir
    Path folder;

    private FakeClaude claude;
    private ToggleProxy way;

    @BeforeAll
    static void startProxy() {
        proxy = proxy();
    }

    @AfterAll
    static void stopProxy() {
        proxy.kill();
    }

    /** One of the tests ends with no proxy. */
    @BeforeEach
    void start() throws IOException {
        proxy = proxy.isAlive() ? proxy : proxy();
        claude = FakeClaude.in(Files.createDirectory(folder.resolve("claude")));
        way = ToggleProxy.to(proxy.url());
    }

    @AfterEach
    void stop() {
        way.close();
    }

    @Test
    void losesNothingOfAnAnswerWhenTheWayIsCutInTheMiddle() throws Exception {
        claude.forksAGrandchild()
                .begins("Hel")
                .waitsToBeReleased()
                .says("lo ", "there")
                .stalls();

        try (var agent = connectAgent()) {
            var answer = ask();
            answer.awaitText("Hel");
            way.cut();
            await().until(() -> agent.output().contains("trying again"));
            claude.release();
            await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
            way.mend();

            assertThat(answer.isComplete()).as("%s", answer).isTrue();
            assertThat(answer.text()).isEqualTo("Hello there");
            assertThat(claude.calls()).hasSize(1);
            await().until(() -> agent.output().contains("finished"));
        }
    }

    @Test
    void stopsClaudeAndItsFamilyWhenTheClientHangsUp() throws Exception {
        claude.forksAGrandchild().begins("Hel").ignoresSignals();

        try (var agent = connectAgent()) {
            var answer = ask();
            answer.awaitText("Hel");
            assertThat(claude.calls().get(0).alive()).hasSize(3);

            answer.close();

            await().pollInterval(Duration.ofMillis(20))
                    .until(() -> claude.calls().get(0).alive().isEmpty());
            await().until(() -> agent.output().contains("nobody waits for it any more"));
        }
    }

    @Test
    @DisplayName("M10: what a killed proxy waited for is stopped, and the next one knows nothing of it")
    void stopsEverythingThatAKilledProxyHasForgotten() throws Exception {
        claude.begins("Hel").stalls();

        try (var agent = connectAgent("--max-concurrency", "50")) {
            List<StreamedAnswer> answers =
                    IntStream.range(0, 50).mapToObj(i -> CompletableFuture.supplyAsync(this::asked)).toList().stream()
                            .map(CompletableFuture::join)
                            .toList();
            assertThat(claude.calls())
                    .hasSize(50)
                    .allSatisfy(call -> assertThat(call.alive()).isNotEmpty());

            proxy.kill();
            way.cut();
            proxy = proxy();
            way.mendTo(proxy.url());

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> claude.calls().stream()
                            .allMatch(call -> call.alive().isEmpty()));
            await().atMost(Duration.ofSeconds(40)).until(() -> agent.connections() == 2);
            assertThat(answers)
                    .allSatisfy(answer ->
                            assertThat(statusOfPostFor(answer.requestId())).isEqualTo(404));
        }
    }

    private StreamedAnswer asked() {
        try {
            return ask();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static int statusOfPostFor(String requestId) throws Exception {
        var post = HttpRequest.newBuilder(proxy.url().resolve(Protocol.RESPONSE_PATH))
                .header(
                        "Authorization",
                        "Bearer "
                                + Files.readString(home.resolve("agent-secret")).strip())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"type\":\"chunk\",\"requestId\":\"" + requestId + "\",\"content\":\"late\"}"))
                .build();
        return HttpClient.newHttpClient().send(post, BodyHandlers.discarding()).statusCode();
    }

    @Test
    void endsWhatAKilledProxyHasForgottenAndFinishesWhatAStoppingOneStillWaitsFor() throws Exception {
        claude.begins("Hel").waitsToBeReleased().says("lo");

        try (var agent = connectAgent()) {
            ask().awaitText("Hel");
            proxy.kill();
            way.cut();
            proxy = proxy();
            way.mendTo(proxy.url());
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> claude.calls().get(0).alive().isEmpty());
            await().atMost(Duration.ofSeconds(20)).until(() -> agent.connections() == 2);

            var answer = ask();
            answer.awaitText("Hel");
            proxy.terminate();
            await().until(() -> agent.output().contains("the proxy stops"));
            claude.release();

            assertThat(answer.isComplete()).as("%s", answer).isTrue();
            assertThat(answer.text()).isEqualTo("Hello");
            assertThat(proxy.awaitEnd()).isEqualTo(143);
        }
    }

    private StreamedAnswer ask() throws Exception {
        return StreamedAnswer.to("Hi", proxy.url());
    }

    private static ProxyProcess proxy() {
        var started = ProxyProcess.runOnServer(home, Map.of("CODEWISE_AGENT_LINK_AWAY", "5s"));
        started.awaitStart();
        return started;
    }

    private AgentProcess connectAgent(String... more) throws IOException {
        var options = new ArrayList<>(List.of(
                "--url",
                "http://127.0.0.1:" + way.port(),
                "--secret-file",
                home.resolve("agent-secret").toString(),
                "--claude",
                claude.executable().toString(),
                "--warm",
                "0"));
        options.addAll(List.of(more));
        var agent = AgentProcess.run(folder, URI.create("http://127.0.0.1:9"), options.toArray(String[]::new));
        await().atMost(Duration.ofSeconds(20)).until(() -> agent.output().contains("connected to"));
        return agent;
    }
}
