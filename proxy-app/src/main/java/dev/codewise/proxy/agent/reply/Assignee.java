package dev.codewise.proxy.agent.reply;

import org.jspecify.annotations.Nullable;

/** The one agent that may answer a request, and the one start of it where it tells its starts apart. */
public record Assignee(String agentId, @Nullable String instance) {

    /** Who does not say its name is known by the request id alone, which nobody can guess. */
    boolean is(Sender sender) {
        if (sender.agentId() == null) {
            return instance == null;
        }
        return agentId.equals(sender.agentId()) && (instance == null || instance.equals(sender.instance()));
    }
}
