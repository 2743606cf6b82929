package dev.codewise.proxy.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.database.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HealthTest {

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.shared();

    @Test
    void isOkWithADatabaseAndAsksForNoKey() {
        var variables = Map.of("DATABASE_URL", TestDatabase.fresh().url(), "CODEWISE_API_KEY", "a-key-for-the-clients");
        try (var proxy = ProxyStart.with(variables)) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() ->
                            assertThat(health(proxy).at("/status").asString()).isEqualTo("ok"));

            JsonNode health = health(proxy);

            assertThat(health.at("/version").asString()).isNotBlank();
            assertThat(health.at("/database/status").asString()).isEqualTo("up");
            assertThat(health.at("/agents/connected").asInt()).isZero();
            assertThat(health.at("/provider/anthropic").asString()).isEqualTo("off");
        }
    }

    @Test
    void isDegradedWhenTheDatabaseIsSilentAndSaysSoSoon() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var proxy = ProxyStart.with(Map.of(
                        "DATABASE_URL",
                        "postgresql://nobody:nothing@127.0.0.1:" + silent.getLocalPort() + "/none",
                        "ANTHROPIC_API_KEY",
                        "made-up-for-a-test"))) {

            JsonNode health = health(proxy);

            assertThat(health.at("/status").asString()).isEqualTo("degraded");
            assertThat(health.at("/database/status").asString()).isEqualTo("away");
            assertThat(health.at("/provider/anthropic").asString()).isEqualTo("on");
        }
    }

    private JsonNode health(ProxyStart proxy) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxy.port() + "/api/health"))
                .timeout(Duration.ofSeconds(20))
                .build();
        HttpResponse<String> answer =
                http.sendAsync(request, BodyHandlers.ofString()).join();
        assertThat(answer.statusCode()).isEqualTo(200);
        return json.readTree(answer.body());
    }
}
