package dev.codewise.proxy.agent;

import dev.codewise.proxy.agent.reply.Assignee;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The agents that have lost their stream and may come back: until then they can still post. */
final class AgentsAway {

    private final Duration longest;
    private final Map<Assignee, AgentLink> links = new LinkedHashMap<>();

    AgentsAway(Duration longest) {
        this.longest = longest;
    }

    synchronized void add(AgentLink link) {
        links.values().removeIf(this::isTooLong);
        links.put(link.profile().assignee(), link);
    }

    synchronized Optional<AgentLink> find(Assignee who) {
        return Optional.ofNullable(links.get(who)).filter(link -> !isTooLong(link));
    }

    synchronized void remove(Assignee who) {
        links.remove(who);
    }

    private boolean isTooLong(AgentLink link) {
        return link.signs().quiet().compareTo(longest) > 0;
    }
}
