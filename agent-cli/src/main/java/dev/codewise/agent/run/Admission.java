package dev.codewise.agent.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** When work is taken and how much of it in an hour, as the person at the laptop wants it. */
public final class Admission {

    private static final Duration HOUR = Duration.ofHours(1);

    private final WorkingHours hours;
    private final int mostInAnHour;
    private final Clock clock;
    private final Deque<Instant> taken = new ArrayDeque<>();

    /** No more than so many in any hour; 0 is as many as come. */
    public Admission(WorkingHours hours, int mostInAnHour, Clock clock) {
        this.hours = hours;
        this.mostInAnHour = mostInAnHour;
        this.clock = clock;
    }

    static Admission free() {
        return new Admission(WorkingHours.ALWAYS, 0, Clock.system(ZoneId.systemDefault()));
    }

    /** Why nothing is taken now, if so. */
    synchronized Optional<String> refusal() {
        if (!hours.contain(LocalTime.now(clock))) {
            return Optional.of("this agent takes no work at this hour");
        }
        if (mostInAnHour == 0) {
            return Optional.empty();
        }
        var anHourAgo = clock.instant().minus(HOUR);
        while (!taken.isEmpty() && !taken.getFirst().isAfter(anHourAgo)) {
            taken.removeFirst();
        }
        return taken.size() < mostInAnHour
                ? Optional.empty()
                : Optional.of("this agent has taken its " + mostInAnHour + " requests of an hour");
    }

    synchronized void count() {
        if (mostInAnHour > 0) {
            taken.addLast(clock.instant());
        }
    }
}
