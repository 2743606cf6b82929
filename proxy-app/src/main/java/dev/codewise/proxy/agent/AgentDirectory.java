package dev.codewise.proxy.agent;

import java.util.List;
import java.util.Optional;

/** Which agents are connected. An id belongs to one connection at a time, the newest. */
interface AgentDirectory {

    /** Enters a connection, and returns the one that had its id before. */
    Optional<AgentLink> enter(AgentLink link);

    /** Removes this very connection; one that has been replaced is no longer there to remove. */
    boolean leave(AgentLink link);

    Optional<AgentLink> find(String agentId);

    /** In the order of their ids, so that everybody sees the same order. */
    List<AgentLink> connected();
}
