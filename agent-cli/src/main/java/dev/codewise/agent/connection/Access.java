package dev.codewise.agent.connection;

import dev.codewise.protocol.AgentFeature;
import dev.codewise.protocol.Protocol;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the stream is, and who asks for it: the instance is this start of the program. */
public record Access(URI stream, String secret, String agentId, String instance, Offer offer) {

    /** What this agent can do of level 1. It sends no batches: it has a stream of lines for every run. */
    private static final String FEATURES = Stream.of(
                    AgentFeature.SEQ,
                    AgentFeature.NDJSON,
                    AgentFeature.CANCEL,
                    AgentFeature.HEARTBEAT,
                    AgentFeature.RESUME,
                    AgentFeature.DRAIN,
                    AgentFeature.MEDIA,
                    AgentFeature.SAMPLING,
                    AgentFeature.SCHEMA,
                    AgentFeature.TOOLS,
                    AgentFeature.CONTINUES)
            .map(AgentFeature::wireName)
            .collect(Collectors.joining(","));

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
                .header(Protocol.LEVEL, Integer.toString(Protocol.VERSION))
                .header(Protocol.INSTANCE, instance)
                .header(Protocol.FEATURES, FEATURES)
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
