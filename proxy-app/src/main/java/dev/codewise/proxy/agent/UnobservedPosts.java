package dev.codewise.proxy.agent;

import dev.codewise.protocol.Protocol;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationPredicate;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;

/**
 * Leaves what agents post out of what is observed of HTTP requests. There is one for each piece of an answer, it takes as long as
 * the client takes to read, and what is to be known of pieces {@link AgentMetrics} counts.
 */
final class UnobservedPosts implements ObservationPredicate {

    @Override
    public boolean test(String name, Observation.Context observed) {
        return !(observed instanceof ServerRequestObservationContext request && isPost(request));
    }

    private static boolean isPost(ServerRequestObservationContext request) {
        var carrier = request.getCarrier();
        return carrier != null && carrier.getPath().value().equals(Protocol.RESPONSE_PATH);
    }
}
