package dev.codewise.agent.claude;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The processes that were started and have not been ended. */
final class LivingProcesses {

    private final Set<ClaudeProcess> living = new LinkedHashSet<>();
    private final Consumer<List<Trace>> record;

    /** The record is told after every change who lives. */
    LivingProcesses(Consumer<List<Trace>> record) {
        this.record = record;
    }

    synchronized void add(ClaudeProcess process) {
        living.add(process);
        note();
    }

    synchronized void remove(ClaudeProcess process) {
        living.remove(process);
        note();
        notifyAll();
    }

    private void note() {
        record.accept(living.stream().map(ClaudeProcess::trace).toList());
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
