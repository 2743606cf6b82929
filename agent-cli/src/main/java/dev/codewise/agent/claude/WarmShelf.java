package dev.codewise.agent.claude;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The processes that wait: who is there, who has to go, and which model is missing. */
final class WarmShelf {

    private final int size;
    private final Duration oldest;
    private final Demand demand;
    private final List<WarmProcess> waiting = new ArrayList<>();
    private final Semaphore changes = new Semaphore(0);
    private boolean closed;

    WarmShelf(int size, Duration oldest, Demand demand) {
        this.size = size;
        this.oldest = oldest;
        this.demand = demand;
    }

    boolean hasPlaces() {
        return size > 0;
    }

    synchronized void expect(List<String> likely) {
        likely.forEach(demand::note);
    }

    /** Whoever takes a process is its owner, and the only one it ever has. */
    synchronized Optional<ClaudeProcess> take(String model) {
        demand.note(model);
        var found = waiting.stream()
                .filter(warm -> warm.model().equals(model) && warm.isFit(oldest))
                .findFirst();
        found.ifPresent(waiting::remove);
        change();
        return found.map(WarmProcess::process);
    }

    /** False where nobody waits for it any more; it is then still the caller's. */
    synchronized boolean put(WarmProcess warm) {
        return !closed && waiting.add(warm);
    }

    /** Takes out what is dead, old, or of a model that has lost its place. */
    synchronized List<WarmProcess> retire() {
        var wanted = closed ? new ArrayList<String>() : new ArrayList<>(demand.places(size));
        var retired = waiting.stream()
                .filter(warm -> !warm.isFit(oldest) || !wanted.remove(warm.model()))
                .toList();
        waiting.removeAll(retired);
        return retired;
    }

    synchronized Optional<String> missing() {
        var wanted = closed ? new ArrayList<String>() : new ArrayList<>(demand.places(size));
        waiting.forEach(warm -> wanted.remove(warm.model()));
        return wanted.stream().findFirst();
    }

    synchronized void change() {
        if (changes.availablePermits() == 0) {
            changes.release();
        }
    }

    /** Waits until something has changed, or has become old. */
    void awaitChange() throws InterruptedException {
        if (changes.tryAcquire(untilNextIsOld().toMillis(), TimeUnit.MILLISECONDS)) {
            changes.drainPermits();
        }
    }

    private synchronized Duration untilNextIsOld() {
        return waiting.stream()
                .map(warm -> oldest.minus(warm.age()))
                .min(Duration::compareTo)
                .orElse(oldest);
    }

    synchronized void close() {
        closed = true;
        change();
    }

    synchronized boolean isClosed() {
        return closed;
    }
}
