package dev.codewise.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.proxy.agent.FakeAgent;
import dev.codewise.proxy.agent.FakeAgent.FakeRun;
import dev.codewise.proxy.status.ProxyStart;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("long")
class StopUnderLoadTest {

    private static final String KEY = "a-key-for-those-who-stay";
    private static final int STREAMS = 50;

    @Test
    void m11CutsNoneOfFiftyAnswersWhenTheProxyStops() throws Exception {
        var proxy = ProxyStart.with(Map.of(
                "AGENT_SECRET",
                FakeAgent.SECRET,
                "CODEWISE_API_KEY",
                KEY,
                "LOGGING_LEVEL_DEV_CODEWISE_PROXY",
                "error"));
        var url = URI.create("http://127.0.0.1:" + proxy.port());
        try (proxy;
                var agent = FakeAgent.named("laptop-1").level1().connectTo(url)) {
            var answers = Stream.generate(() -> ask(url)).limit(STREAMS).toList();
            List<FakeRun> runs = new ArrayList<>();
            for (int i = 0; i < STREAMS; i++) {
                runs.add(agent.takes());
            }
            for (FakeRun run : runs) {
                run.says(1, "Hel");
            }

            var stopped = CompletableFuture.runAsync(proxy::close);
            await().until(() -> ask(url).handle((answer, failure) -> failure != null || answer.statusCode() == 503)
                    .join());
            for (FakeRun run : runs) {
                assertThat(run.says(2, "lo").status()).isEqualTo(200);
                assertThat(run.finishes(3).status()).isEqualTo(200);
            }

            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer.join().body())
                            .contains("Hel", "lo", "\"finish_reason\":\"stop\"")
                            .endsWith("data: [DONE]\n\n"));
            stopped.join();
        }
    }

    private static CompletableFuture<HttpResponse<String>> ask(URI proxy) {
        String body = "{\"model\":\"sonnet\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        var request = HttpRequest.newBuilder(proxy.resolve("/v1/chat/completions"))
                .header("content-type", "application/json")
                .header("authorization", "Bearer " + KEY)
                .POST(BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().sendAsync(request, BodyHandlers.ofString());
    }
}
