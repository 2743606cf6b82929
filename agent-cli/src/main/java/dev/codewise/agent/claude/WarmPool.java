package dev.codewise.agent.claude;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Started processes that nobody has used yet, so that a prompt need not wait for a start. Each is given away once and never comes
 * back. One thread fills the pool, with one start at a time.
 */
final class WarmPool {

    /** A process knows the login and the program that there were at its start, so none waits longer than this. */
    static final Duration OLDEST = Duration.ofMinutes(10);

    /** For so long, the answer that a process was taken for has the processor to itself. */
    private static final Duration SETTLING = Duration.ofMillis(200);

    private static final Duration START_PATIENCE = Duration.ofSeconds(10);
    private static final Duration PULSE_PATIENCE = Duration.ofMillis(500);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final Launcher launcher;
    private final Pulse pulse;
    private final WarmShelf shelf;
    private Duration pause = FIRST_PAUSE;
    private volatile @Nullable Thread thread;

    WarmPool(Launcher launcher, Pulse pulse, WarmShelf shelf) {
        this.launcher = launcher;
        this.pulse = pulse;
        this.shelf = shelf;
    }

    void start(List<String> likely) {
        shelf.expect(likely);
        if (shelf.hasPlaces()) {
            thread = Threads.startDaemon("claude-warm", this::keepWarm);
        }
    }

    /** A process that listens, if one of this model waits. */
    Optional<ClaudeProcess> take(String model) {
        return shelf.take(model).filter(this::isFitOrEnds);
    }

    private boolean isFitOrEnds(ClaudeProcess process) {
        var felt = false;
        try {
            felt = pulse.isFelt(process, PULSE_PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!felt) {
            end(process);
        }
        return felt;
    }

    private void keepWarm() {
        try {
            while (!shelf.isClosed()) {
                shelf.retire().forEach(warm -> end(warm.process()));
                fill();
                shelf.awaitChange();
                Thread.sleep(SETTLING.toMillis());
            }
        } catch (InterruptedException e) {
            // the pool is closed
        }
    }

    private void fill() throws InterruptedException {
        for (var model = shelf.missing(); model.isPresent(); model = shelf.missing()) {
            if (add(model.get())) {
                pause = FIRST_PAUSE;
            } else {
                Thread.sleep(pause.toMillis());
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    private boolean add(String model) throws InterruptedException {
        try {
            return add(model, launcher.chat(model));
        } catch (ClaudeException e) {
            // whoever needs a process now gets the same answer, and says so
            return false;
        }
    }

    private boolean add(String model, ClaudeProcess process) throws InterruptedException {
        var added = false;
        try {
            added = pulse.isFelt(process, START_PATIENCE)
                    && shelf.put(new WarmProcess(model, process, System.nanoTime()));
        } finally {
            if (!added) {
                end(process);
            }
        }
        process.onExit(shelf::change);
        return added;
    }

    /** From now on no process waits; returns at once. */
    void cool() {
        shelf.close();
        var filling = thread;
        if (filling != null) {
            filling.interrupt();
        }
        shelf.retire().forEach(warm -> end(warm.process()));
    }

    /** After it has cooled: waits for a start that was under way, which nobody else knows of yet. */
    void awaitLastStart(Duration patience) throws InterruptedException {
        var filling = thread;
        if (filling != null) {
            filling.join(patience.toMillis());
        }
    }

    private static void end(ClaudeProcess process) {
        Threads.startDaemon("claude-" + process.pid() + "-end", process::end);
    }
}
