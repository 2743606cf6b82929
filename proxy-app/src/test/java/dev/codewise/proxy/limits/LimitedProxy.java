package dev.codewise.proxy.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.fixtures.FakeAnthropic;
import dev.codewise.proxy.agent.FakeAgent;
import dev.codewise.proxy.database.TestDatabase;
import dev.codewise.proxy.status.ProxyStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole proxy with keys that have limits, and a scripted Claude API behind it. */
final class LimitedProxy implements AutoCloseable {

    private static final String OPERATOR = "a-key-for-the-operator";
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final FakeAnthropic anthropic;
    private final TestDatabase database;
    private final ProxyStart proxy;

    /** The clocks that limits go by, where a test moves them. */
    static final class Clocks {

        @Bean
        MovableTime movableTime() {
            return MovableTime.at("2030-01-31T12:00:00Z");
        }

        @Bean
        LimitTime limitTime(MovableTime time) {
            return time.time();
        }
    }

    private LimitedProxy(FakeAnthropic anthropic, TestDatabase database, Class<?>... more) {
        this.anthropic = anthropic;
        this.database = database;
        this.proxy = ProxyStart.with(
                Map.of(
                        "DATABASE_URL",
                        database.url(),
                        "AGENT_SECRET",
                        FakeAgent.SECRET,
                        "CODEWISE_API_KEY",
                        OPERATOR,
                        "ANTHROPIC_API_KEY",
                        "made-up-for-a-test",
                        "ANTHROPIC_BASE_URL",
                        anthropic.baseUrl().toString()),
                more);
    }

    static LimitedProxy withMovableClocks() throws IOException {
        return new LimitedProxy(FakeAnthropic.start(), TestDatabase.fresh(), Clocks.class);
    }

    static LimitedProxy above(TestDatabase database) throws IOException {
        return new LimitedProxy(FakeAnthropic.start(), database);
    }

    FakeAnthropic anthropic() {
        return anthropic;
    }

    TestDatabase database() {
        return database;
    }

    <T> T bean(Class<T> type) {
        return proxy.bean(type);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + proxy.port());
    }

    LimitedKey key(String limits) {
        String wish = "{\"name\":\"limited\",\"owner\":\"alice\",\"limits\":" + limits.replace('\'', '"') + "}";
        HttpResponse<String> made = await().until(() -> admin("POST", "", wish), answer -> answer.statusCode() < 500);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        JsonNode key = JSON.readTree(made.body());
        return new LimitedKey(key.path("id").asString(), key.path("key").asString());
    }

    JsonNode seen(LimitedKey key) {
        return JSON.readTree(admin("GET", "/" + key.id(), "").body());
    }

    HttpResponse<String> change(LimitedKey key, String limits) {
        String wish = "{\"version\":" + seen(key).path("version") + ",\"limits\":" + limits.replace('\'', '"') + "}";
        return admin("PATCH", "/" + key.id(), wish);
    }

    private HttpResponse<String> admin(String method, String path, String body) {
        return send(HttpRequest.newBuilder(url().resolve("/api/admin/keys" + path))
                .header("Authorization", "Bearer " + OPERATOR)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build());
    }

    /** Asks for an answer of ten tokens at most. */
    HttpResponse<String> ask(Surface surface, LimitedKey key) {
        return ask(surface, surface.body(), key);
    }

    HttpResponse<String> ask(Surface surface, String body, LimitedKey key) {
        return send(asking(surface, body, key));
    }

    /** The same, and returns when the proxy is done with it too, which may be a moment after the client has its answer. */
    HttpResponse<String> askAndSettle(Surface surface, LimitedKey key) {
        HttpResponse<String> answer = ask(surface, key);
        await().until(() -> seen(key).path("used").path("concurrentRequests").asInt() == 0);
        return answer;
    }

    CompletableFuture<HttpResponse<String>> begin(Surface surface, LimitedKey key) {
        return http.sendAsync(asking(surface, surface.body(), key), BodyHandlers.ofString());
    }

    HttpResponse<String> stream(Surface surface, LimitedKey key) {
        return send(asking(surface, surface.body().replace("{\"model\"", "{\"stream\":true,\"model\""), key));
    }

    HttpResponse<String> get(String path, LimitedKey key) {
        return send(HttpRequest.newBuilder(url().resolve(path))
                .header("Authorization", "Bearer " + key.text())
                .build());
    }

    private HttpRequest asking(Surface surface, String body, LimitedKey key) {
        return HttpRequest.newBuilder(url().resolve(surface.path()))
                .header("Authorization", "Bearer " + key.text())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for an answer", e);
        }
    }

    @Override
    public void close() {
        proxy.close();
        try {
            anthropic.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
