package dev.codewise.proxy.agent;

import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What one agent is doing: the requests it runs within its slots, when it was last heard of, when it last had its turn. */
final class AgentWork {

    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Integer slots;
    private volatile Instant lastActivity;
    private volatile long lastTurn;

    AgentWork(@Nullable Integer slots, Instant since) {
        this.slots = slots;
        this.lastActivity = since;
    }

    boolean hasFreeSlot() {
        Integer limit = slots;
        return limit == null || running.size() < limit;
    }

    /** An agent that has connected anew may take more or fewer than before. */
    void offer(@Nullable Integer others) {
        slots = others;
    }

    /** Called by one thread at a time, after {@link #hasFreeSlot}. */
    void take(String requestId) {
        running.add(requestId);
    }

    /** The same, and it was this agent's turn. */
    void takeInTurn(String requestId, long turn) {
        take(requestId);
        lastTurn = turn;
    }

    void release(String requestId) {
        running.remove(requestId);
    }

    int running() {
        return running.size();
    }

    Set<String> requests() {
        return Set.copyOf(running);
    }

    void heardAt(Instant time) {
        lastActivity = time;
    }

    Instant lastActivity() {
        return lastActivity;
    }

    long lastTurn() {
        return lastTurn;
    }
}
