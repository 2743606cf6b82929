package dev.codewise.proxy.agent;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The agents of a proxy that runs alone. */
final class InMemoryAgentDirectory implements AgentDirectory {

    private final Map<String, AgentLink> byId = new ConcurrentSkipListMap<>();

    @Override
    public Optional<AgentLink> enter(AgentLink link) {
        return Optional.ofNullable(byId.put(link.id(), link));
    }

    @Override
    public boolean leave(AgentLink link) {
        return byId.remove(link.id(), link);
    }

    @Override
    public Optional<AgentLink> find(String agentId) {
        return Optional.ofNullable(byId.get(agentId));
    }

    @Override
    public List<AgentLink> connected() {
        return List.copyOf(byId.values());
    }
}
