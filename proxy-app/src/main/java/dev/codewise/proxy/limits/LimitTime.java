package dev.codewise.proxy.limits;

import io.github.bucket4j.TimeMeter;
import java.time.Clock;

/**
 * The two clocks that limits go by: one that nobody sets for what holds for a minute, and the one on the wall for days and months.
 */
record LimitTime(TimeMeter minutes, Clock days) {

    static LimitTime system() {
        return new LimitTime(TimeMeter.SYSTEM_NANOTIME, Clock.systemUTC());
    }
}
