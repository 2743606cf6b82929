package dev.codewise.agent.doctor;

import dev.codewise.protocol.Protocol;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Whether the proxy takes the secret from this agent. It posts a piece of an answer that nobody waits for: to connect would take the place of an
 * agent that runs.
 */
public final class SecretCheck implements Check {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String NOBODYS_CHUNK = "{\"type\":\"chunk\",\"requestId\":\"req_doctor\",\"content\":\"\"}";

    private final HttpClient http;
    private final URI responses;
    private final String secret;
    private final String agentId;

    public SecretCheck(HttpClient http, URI responses, String secret, String agentId) {
        this.http = http;
        this.responses = responses;
        this.secret = secret;
        this.agentId = agentId;
    }

    @Override
    public Finding run() throws InterruptedException {
        var request = HttpRequest.newBuilder(responses)
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + secret)
                .header(Protocol.AGENT_ID, agentId)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(NOBODYS_CHUNK))
                .build();
        try {
            return finding(http.send(request, BodyHandlers.discarding()).statusCode());
        } catch (IOException e) {
            return Finding.broken("the proxy broke the connection: try again");
        }
    }

    private static Finding finding(int status) {
        return switch (status) {
            case 404 -> Finding.well("the proxy takes it");
            case 401 ->
                Finding.broken(
                        "the proxy refuses it (401): use the AGENT_SECRET of this proxy,"
                                + " such as --secret-file ~/.codewise/agent-secret; or a token that its operator has made for this agent");
            case 429 -> Finding.broken("the proxy had too many wrong ones from here (429): wait a minute");
            default -> Finding.doubtful("the proxy answered " + status + ", which says nothing about it");
        };
    }
}
