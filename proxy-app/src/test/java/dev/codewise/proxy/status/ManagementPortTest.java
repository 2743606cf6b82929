package dev.codewise.proxy.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.status.server.RawClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManagementPortTest {

    private static final List<String> ALL_ENDPOINTS = List.of(
            "",
            "health",
            "info",
            "prometheus",
            "env",
            "beans",
            "configprops",
            "heapdump",
            "threaddump",
            "loggers",
            "metrics",
            "mappings",
            "conditions",
            "flyway",
            "scheduledtasks",
            "shutdown",
            "modulith");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ProxyStart proxy = ProxyStart.with(Map.of());

    @AfterAll
    void stop() {
        proxy.close();
    }

    @Test
    void servesThreeEndpointsAndNothingElse() {
        assertThat(proxy.managementPort()).isNotEqualTo(8081);

        var served = servedOn(proxy.managementPort());

        assertThat(served).containsExactly("health", "info", "prometheus");
    }

    @Test
    void isTheOnlyOneThatServesThem() {
        var served = servedOn(proxy.port());

        assertThat(served).isEmpty();
    }

    @Test
    void tellsTheMetersThatTheDocumentListsAndNoOthers() throws Exception {
        String document = Files.readString(Path.of("../docs/operations.md"));
        String metrics = http.send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://127.0.0.1:" + proxy.managementPort() + "/actuator/prometheus"))
                                .build(),
                        BodyHandlers.ofString())
                .body();

        assertThat(found("(?m)^# TYPE (codewise_\\w+) ", metrics).filter(name -> !name.endsWith("_max")))
                .containsExactlyInAnyOrderElementsOf(
                        found("(?m)^\\| `(codewise_\\w+)` ", document).toList());
    }

    private static Stream<String> found(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(match -> match.group(1));
    }

    /** Or who watches the proxy takes a connection that got stuck for a proxy that did. */
    @Test
    void readsOnAfterRequestsThatCameTogether() throws Exception {
        String health = "GET /actuator/health HTTP/1.1\r\nHost: x\r\n\r\n";
        String nowhere = health.replace("health", "nowhere");

        try (var client = RawClient.connectedTo(proxy.managementPort())) {
            for (int i = 0; i < 20; i++) {
                client.sends(health + nowhere).until("404 Not Found\r\n");
            }
        }
    }

    private List<String> servedOn(int port) {
        return ALL_ENDPOINTS.stream().filter(name -> status(port, name) != 404).toList();
    }

    private int status(int port, String endpoint) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/" + endpoint))
                .timeout(Duration.ofSeconds(20))
                .build();
        return http.sendAsync(request, BodyHandlers.ofString()).join().statusCode();
    }
}
