package dev.codewise.agent.upload;

import dev.codewise.protocol.AgentMessage;
import dev.codewise.protocol.AgentMessage.Draining;
import dev.codewise.protocol.AgentMessage.Heartbeat;
import dev.codewise.protocol.AgentMessage.Resume;
import dev.codewise.protocol.ProxyEvent.Connected;
import dev.codewise.protocol.RunPosition;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the agent says of itself to a proxy of level 1: what it runs, behind every new connection; that it takes no more; and,
 * where it has nothing else to say, that it is there. By a thread of its own, so that no run and no stream can delay it.
 */
public final class Presence {

    private static final Duration BEFORE_THE_NEXT_TRY = Duration.ofSeconds(1);

    private final Uplink uplink;
    private final Supplier<Load> load;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(Presence::daemon);
    private volatile @Nullable Connected present;
    private volatile boolean draining;

    /** What the agent does just now. */
    public record Load(List<RunPosition> running, int freeSlots) {

        public Load {
            running = List.copyOf(running);
        }
    }

    public Presence(Uplink uplink, Supplier<Load> load) {
        this.uplink = uplink;
        this.load = load;
    }

    /** There is a new connection, of which the uplink knows already. */
    public void connected(Connected greeting) {
        present = greeting;
        if (uplink.speaksLevel1()) {
            thread.execute(() -> introduce(greeting));
            beatLater(greeting);
        }
    }

    public void disconnected() {
        present = null;
    }

    /** Nothing new is taken any more. */
    public void drain() {
        draining = true;
        if (uplink.speaksLevel1()) {
            thread.execute(() -> say(new Draining()));
        }
    }

    private void introduce(Connected greeting) {
        if (!greeting.equals(present)) {
            return;
        }
        if (say(new Resume(load.get().running())).mayChange()) {
            later(() -> introduce(greeting), BEFORE_THE_NEXT_TRY);
        } else if (draining) {
            say(new Draining());
        }
    }

    private void beatLater(Connected greeting) {
        var interval = greeting.heartbeatIntervalMs();
        if (interval != null && interval > 0) {
            var pause = Duration.ofMillis(interval);
            later(() -> beat(greeting, pause), pause);
        }
    }

    private void beat(Connected greeting, Duration interval) {
        if (!greeting.equals(present)) {
            return;
        }
        if (uplink.poster().silence().compareTo(interval.dividedBy(2)) > 0) {
            var now = load.get();
            say(new Heartbeat(greeting.connectionId(), now.running().size(), now.freeSlots()));
        }
        beatLater(greeting);
    }

    private void later(Runnable work, Duration delay) {
        var unused = thread.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Reply say(AgentMessage message) {
        try {
            return uplink.poster().post(message);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Reply.NONE;
        }
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "heartbeat");
        thread.setDaemon(true);
        return thread;
    }
}
