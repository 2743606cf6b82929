package dev.codewise.agent.claude;

import java.time.Duration;

/** A started process that nobody has used yet. */
record WarmProcess(String model, ClaudeProcess process, long startedNanos) {

    boolean isFit(Duration oldest) {
        return process.isAlive() && age().compareTo(oldest) < 0;
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }
}
