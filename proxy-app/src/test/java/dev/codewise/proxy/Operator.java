package dev.codewise.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody with a credential at a proxy: one who makes keys and tokens, or whoever else asks with his own. */
record Operator(URI proxy, String credential) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    Operator as(String other) {
        return new Operator(proxy, other);
    }

    /** The text of a new key. */
    String key(String owner, String... scopes) throws IOException, InterruptedException {
        String quoted = Arrays.stream(scopes).map(scope -> "\"" + scope + "\"").collect(Collectors.joining(","));
        return made("/api/admin/keys", "{\"name\":\"x\",\"owner\":\"" + owner + "\",\"scopes\":[" + quoted + "]}")
                .path("key")
                .asString();
    }

    /** A new token, with its text, for an agent that is its owner's alone. */
    JsonNode token(String agentId, String owner) throws IOException, InterruptedException {
        return made("/api/admin/agent-tokens", "{\"agentId\":\"" + agentId + "\",\"owner\":\"" + owner + "\"}");
    }

    JsonNode made(String path, String wish) throws IOException, InterruptedException {
        HttpResponse<String> answer = send("POST", path, wish);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return JSON.readTree(answer.body());
    }

    JsonNode seen(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = send("GET", path, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        return HTTP.send(request(method, path, body, headers), BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> sendAsync(String path, String body) {
        return HTTP.sendAsync(request("POST", path, body), BodyHandlers.ofString());
    }

    /** Asks a model, in OpenAI's words. */
    CompletableFuture<HttpResponse<String>> asks(String model, String... headers) {
        String question = "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        return HTTP.sendAsync(request("POST", "/v1/chat/completions", question, headers), BodyHandlers.ofString());
    }

    private HttpRequest request(String method, String path, String body, String... headers) {
        var request = HttpRequest.newBuilder(proxy.resolve(path))
                .header("Authorization", "Bearer " + credential)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return headers.length == 0 ? request.build() : request.headers(headers).build();
    }
}
