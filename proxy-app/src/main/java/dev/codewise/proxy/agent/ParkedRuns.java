package dev.codewise.proxy.agent;

import dev.codewise.proxy.agent.reply.Assignee;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * The runs whose processes their agents hold until the conversation goes on. Each is named once, to the very start of the agent
 * that holds it, and not when its time is over: where it is not, the agent answers from what was said, as anybody else would.
 */
final class ParkedRuns {

    /** Many more than agents have memory for; the one that nobody came back to for longest is forgotten beyond this. */
    static final int REMEMBERED = 1_000;

    private static final Duration LONGEST = Duration.ofHours(1);

    private final Map<UUID, Parked> byConversation = new Recent<>(REMEMBERED);
    private final LongSupplier nanoTime;

    ParkedRuns(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    private record Parked(String requestId, Assignee holder, long until) {}

    /** The answer is the last thing that was said in the conversation. */
    synchronized void hold(UUID conversation, String requestId, Assignee holder, Duration time) {
        Duration believed = time.compareTo(LONGEST) > 0 ? LONGEST : time;
        byConversation.put(conversation, new Parked(requestId, holder, nanoTime.getAsLong() + believed.toNanos()));
    }

    /** The run to go on with, where this agent still holds one. */
    synchronized Optional<String> take(UUID conversation, Assignee agent) {
        return Optional.ofNullable(byConversation.remove(conversation))
                .filter(parked -> parked.holder.equals(agent))
                .filter(parked -> parked.until - nanoTime.getAsLong() > 0)
                .map(Parked::requestId);
    }

    synchronized int remembered() {
        return byConversation.size();
    }
}
