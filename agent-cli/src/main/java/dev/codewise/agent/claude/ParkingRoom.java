package dev.codewise.agent.claude;

import java.time.Duration;

/** How long a process may wait for what comes of its calls, how many may, and how much memory they may take together. */
public record ParkingRoom(Duration longest, int most, long bytes) {

    /** Whoever waits is ended at once. */
    public static final ParkingRoom NONE = new ParkingRoom(Duration.ZERO, 0, 0);

    boolean isNone() {
        return longest.isZero() || most == 0 || bytes == 0;
    }
}
