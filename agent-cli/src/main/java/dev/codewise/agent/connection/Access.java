package dev.codewise.agent.connection;

import dev.codewise.protocol.Protocol;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;

/** Where the stream is, and who asks for it. */
public record Access(URI stream, String secret, String agentId, Offer offer) {

    /** What this agent can do, for the proxy to choose by; no models means any. */
    public record Offer(int maxConcurrency, List<String> models, String agentVersion, String cliVersion) {

        public Offer {
            models = List.copyOf(models);
        }
    }

    /** Has no time-out of its own: from Java 26 on that would be one for the whole stream, and end it. */
    HttpRequest request() {
        var request = HttpRequest.newBuilder(stream)
                .header("Accept", "text/event-stream")
                .header("Authorization", "Bearer " + secret)
                .header(Protocol.AGENT_ID, agentId)
                .header(Protocol.MAX_CONCURRENCY, Integer.toString(offer.maxConcurrency()))
                .header(Protocol.AGENT_VERSION, offer.agentVersion());
        if (!offer.models().isEmpty()) {
            request.header(Protocol.MODELS, String.join(",", offer.models()));
        }
        if (!offer.cliVersion().isEmpty()) {
            request.header(Protocol.CLI_VERSION, offer.cliVersion());
        }
        return request.build();
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return "Access[" + stream + ", " + agentId + "]";
    }
}
