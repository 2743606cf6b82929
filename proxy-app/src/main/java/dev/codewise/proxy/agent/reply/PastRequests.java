package dev.codewise.proxy.agent.reply;

import dev.codewise.protocol.RunMessage;
import dev.codewise.proxy.agent.reply.Delivery.Verdict;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The requests that ended lately, so that an agent learns that they have, and the repeat of a last word is known for one. */
final class PastRequests {

    private static final Duration MEMORY = Duration.ofMinutes(5);
    private static final int LIMIT = 10_000;

    private final LongSupplier nanoTime;
    private final Map<String, Past> byId = new LinkedHashMap<>();

    private record Past(Assignee assignee, Sequence sequence, long since) {

        Delivery judge(RunMessage message) {
            return delivery(
                    sequence.hasEnded() && sequence.judge(message) == Verdict.DUPLICATE
                            ? Verdict.DUPLICATE
                            : Verdict.OVER);
        }

        /** Where the agent had not said its last word, somebody has ended the request over its head. */
        Delivery delivery(Verdict verdict) {
            return new Delivery(verdict, sequence.next(), !sequence.hasEnded());
        }
    }

    PastRequests(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized void remember(String requestId, Assignee assignee, Sequence sequence) {
        byId.remove(requestId);
        forgetTheOldest();
        byId.put(requestId, new Past(assignee, sequence, nanoTime.getAsLong()));
    }

    /** They stand in the order in which they ended. */
    private void forgetTheOldest() {
        var oldest = byId.values().iterator();
        while (oldest.hasNext() && (isForgotten(oldest.next()) || byId.size() >= LIMIT)) {
            oldest.remove();
        }
    }

    Delivery judge(Sender sender, RunMessage message) {
        return find(sender, message.requestId())
                .map(past -> past.judge(message))
                .orElse(Delivery.UNKNOWN);
    }

    Delivery probe(Sender sender, String requestId) {
        return find(sender, requestId).map(past -> past.delivery(Verdict.OVER)).orElse(Delivery.UNKNOWN);
    }

    private synchronized Optional<Past> find(Sender sender, String requestId) {
        return Optional.ofNullable(byId.get(requestId))
                .filter(past -> !isForgotten(past))
                .filter(past -> past.assignee.is(sender));
    }

    private boolean isForgotten(Past past) {
        return nanoTime.getAsLong() - past.since > MEMORY.toNanos();
    }
}
