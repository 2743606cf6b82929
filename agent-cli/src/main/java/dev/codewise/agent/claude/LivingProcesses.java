package dev.codewise.agent.claude;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** The processes that were started and have not been ended. */
final class LivingProcesses {

    private final Set<ClaudeProcess> living = new HashSet<>();

    synchronized void add(ClaudeProcess process) {
        living.add(process);
    }

    synchronized void remove(ClaudeProcess process) {
        living.remove(process);
        notifyAll();
    }

    /** Waits until all have been ended; false when one has not after so long. */
    synchronized boolean awaitNone(Duration patience) throws InterruptedException {
        var until = System.nanoTime() + patience.toNanos();
        for (var left = patience.toMillis(); left > 0 && !living.isEmpty(); left = millisUntil(until)) {
            wait(left);
        }
        return living.isEmpty();
    }

    private static long millisUntil(long nanoTime) {
        return (nanoTime - System.nanoTime()) / 1_000_000;
    }
}
