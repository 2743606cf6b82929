package dev.codewise.proxy.agent;

import dev.codewise.proxy.agent.ingest.AgentRefusal;
import dev.codewise.proxy.agent.ingest.AgentRefusal.Kind;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Flux;

/** How many streams of agents each address has open, and no more than it may; those whose address is unknown count together. */
final class AgentsPerAddress {

    private final int limit;
    private final Map<Optional<InetAddress>, Integer> open = new ConcurrentHashMap<>();

    AgentsPerAddress(int limit) {
        this.limit = limit;
    }

    /** The same stream, refused where it would be one too many. */
    <T> Flux<T> counted(Optional<InetAddress> address, Flux<T> stream) {
        return Flux.using(() -> enter(address), entered -> stream, this::leave);
    }

    private Optional<InetAddress> enter(Optional<InetAddress> address) {
        if (open.merge(address, 1, Integer::sum) > limit) {
            leave(address);
            throw new AgentRefusal(
                    Kind.TOO_MANY_AGENTS, "At most " + limit + " agents may be connected from one address.");
        }
        return address;
    }

    private void leave(Optional<InetAddress> address) {
        open.computeIfPresent(address, (same, count) -> count == 1 ? null : count - 1);
    }
}
