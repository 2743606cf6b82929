package dev.codewise.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.protocol.Protocol;
import dev.codewise.proxy.agent.FakeAgent;
import dev.codewise.proxy.status.ProxyStart;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("long")
@DisplayName("M12: five hundred agents that all come back in the same moment")
@TestInstance(Lifecycle.PER_CLASS)
class ManyAgentsTest {

    private static final int AGENTS = 500;
    private static final String KEY = "a-key-of-the-many-agents";

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    private ProxyStart proxy;
    private URI url;

    @BeforeAll
    void start() {
        proxy = ProxyStart.with(Map.of(
                "AGENT_SECRET",
                FakeAgent.SECRET,
                "CODEWISE_API_KEY",
                KEY,
                "AGENTS_PER_ADDRESS",
                String.valueOf(AGENTS + 1),
                "LOGGING_LEVEL_DEV_CODEWISE_PROXY",
                "error"));
        url = URI.create("http://127.0.0.1:" + proxy.port());
    }

    @AfterAll
    void stop() {
        proxy.close();
    }

    @Test
    void areAllLetInWhileClientsAreServedAndTheNextOneIsNot() throws Exception {
        try (var working = FakeAgent.named("working").offering("opus").connectTo(url)) {
            Disposable crowd = crowd();
            assertThat(answerOf(working)).isEqualTo("Hello");
            awaitAgents(AGENTS + 1);

            crowd.dispose();
            assertThat(answerOf(working)).isEqualTo("Hello");
            awaitAgents(1);

            crowd = crowd();
            assertThat(answerOf(working)).isEqualTo("Hello");
            awaitAgents(AGENTS + 1);

            var oneTooMany = FakeAgent.named("one-too-many").knock(url);
            assertThat(oneTooMany.statusCode()).isEqualTo(429);
            assertThat(oneTooMany.headers().firstValue("retry-after")).contains("30");
            assertThat(new String(oneTooMany.body().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("too_many_agents");
            crowd.dispose();
            awaitAgents(1);
        }
    }

    private Disposable crowd() {
        return Disposables.composite(
                IntStream.range(0, AGENTS).mapToObj(this::connected).toList());
    }

    private Disposable connected(int number) {
        return reactor.netty.http.client.HttpClient.create(ConnectionProvider.newConnection())
                .headers(headers -> headers.set("Authorization", "Bearer " + FakeAgent.SECRET)
                        .set(Protocol.AGENT_ID, "crowd-" + number)
                        .set(Protocol.MODELS, "haiku"))
                .get()
                .uri(url.resolve(Protocol.CONNECT_PATH))
                .response(ManyAgentsTest::hold)
                .subscribe();
    }

    private static Flux<Void> hold(HttpClientResponse response, ByteBufFlux body) {
        return body.thenMany(Flux.empty());
    }

    private String answerOf(FakeAgent agent) throws Exception {
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(
                request("/v1/chat/completions")
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(
                                "{\"model\":\"opus\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"))
                        .build(),
                BodyHandlers.ofString());
        var run = agent.takes();
        run.says("Hello");
        run.finishes();
        return json.readTree(answer.get().body())
                .at("/choices/0/message/content")
                .asString();
    }

    private void awaitAgents(int count) {
        await().atMost(Duration.ofSeconds(35))
                .untilAsserted(() -> assertThat(agents().size()).isEqualTo(count));
    }

    private JsonNode agents() throws Exception {
        var status = http.send(request("/api/agent/status").build(), BodyHandlers.ofString());
        return json.readTree(status.body()).get("agents");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url.resolve(path)).header("authorization", "Bearer " + KEY);
    }
}
