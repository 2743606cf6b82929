package dev.codewise.proxy.agent;

import java.util.Map;
import java.util.Optional;

/** What operators have ordered and not taken back, whatever becomes of an agent's connection meanwhile: to take nothing new, and why. */
final class StandingOrders {

    /** The one that was spoken of least recently is forgotten beyond this, for agents choose their names themselves. */
    static final int REMEMBERED = 1_000;

    private final Map<String, String> drained = new Recent<>(REMEMBERED);

    synchronized void drain(String agentId, String reason) {
        drained.put(agentId, reason);
    }

    synchronized void resume(String agentId) {
        drained.remove(agentId);
    }

    /** Why the agent is to take nothing new, if it is. */
    synchronized Optional<String> reasonToDrain(String agentId) {
        return Optional.ofNullable(drained.get(agentId));
    }
}
