package dev.codewise.proxy.agent.reply;

import org.jspecify.annotations.Nullable;

/** Who posts, as far as he says: an agent of level 0 need not give its name, one of level 1 also says which start of it this is. */
public record Sender(@Nullable String agentId, @Nullable String instance) {

    public static final Sender UNNAMED = new Sender(null, null);

    /** Such an agent is told that a request is over; one of level 0 only that nobody knows it. */
    public boolean speaksLevel1() {
        return instance != null;
    }
}
