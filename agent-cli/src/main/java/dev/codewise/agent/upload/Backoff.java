package dev.codewise.agent.upload;

import java.time.Duration;

/** The pauses between attempts at what does not succeed: longer and longer, and not for ever. */
final class Backoff {

    private static final Duration FIRST_DELAY = Duration.ofMillis(200);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);

    private Duration delay = FIRST_DELAY;
    private long failingSince;
    private boolean failing;

    /** Waits before the next attempt; false where there were failures and nothing else for as long as there is patience. */
    boolean pause(Reply reply, Duration patience) throws InterruptedException {
        if (!failing) {
            failing = true;
            failingSince = System.nanoTime();
        }
        if (System.nanoTime() - failingSince >= patience.toNanos()) {
            return false;
        }
        Thread.sleep(next(reply).toMillis());
        return true;
    }

    private Duration next(Reply reply) {
        if (reply.kind() == Reply.Kind.LATER) {
            return reply.retryAfter().compareTo(FIRST_DELAY) > 0 ? reply.retryAfter() : FIRST_DELAY;
        }
        var now = delay;
        delay = now.compareTo(LONGEST_DELAY.dividedBy(2)) > 0 ? LONGEST_DELAY : now.multipliedBy(2);
        return now;
    }

    void success() {
        failing = false;
        delay = FIRST_DELAY;
    }
}
