package dev.codewise.agent.doctor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Whether a Codewise proxy answers at the address. */
public final class ProxyCheck implements Check {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient http;
    private final URI health;

    public ProxyCheck(HttpClient http, URI health) {
        this.http = http;
        this.health = health;
    }

    @Override
    public Finding run() throws InterruptedException {
        var request = HttpRequest.newBuilder(health).timeout(PATIENCE).build();
        try {
            var response = http.send(request, BodyHandlers.discarding());
            var type = response.headers().firstValue("Content-Type").orElse("");
            return response.statusCode() == 200 && type.startsWith("application/json")
                    ? Finding.well(health.getAuthority() + " answers")
                    : Finding.broken("what answers at " + health.getAuthority() + " (" + response.statusCode()
                            + ") is no Codewise proxy; is --url right?");
        } catch (IOException e) {
            return Finding.broken(
                    health.getAuthority() + " cannot be reached: start the proxy there, or correct --url");
        }
    }
}
