package dev.codewise.proxy.ledger;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** A client that asks in the ways there are, and reads as far as it likes. */
record Asker(URI proxy, String key) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** The status, once the whole answer is there. */
    int asks(String path, String model, boolean stream) {
        return send(request(path, model, stream), BodyHandlers.discarding()).statusCode();
    }

    /** Leaves as soon as a piece of text has come. */
    void hangsUp(String path, String model) {
        HttpResponse<InputStream> answer = send(request(path, model, true), BodyHandlers.ofInputStream());
        try (var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null && !line.contains("Hel")) {
                line = lines.readLine();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    String get(String path) {
        var request = HttpRequest.newBuilder(proxy.resolve(path)).header("authorization", "Bearer " + key);
        return send(request.build(), BodyHandlers.ofString()).body();
    }

    private HttpRequest request(String path, String model, boolean stream) {
        String body = "{\"model\":\"" + model + "\",\"stream\":" + stream
                + ",\"max_tokens\":50,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        return HttpRequest.newBuilder(proxy.resolve(path))
                .header("content-type", "application/json")
                .header("authorization", "Bearer " + key)
                .header("anthropic-version", "2023-06-01")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return HTTP.send(request, handler);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
