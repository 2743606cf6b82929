package dev.codewise.proxy.limits;

import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Both clocks of limits, which go on only when they are told to. */
final class MovableTime extends Clock implements TimeMeter {

    private final Instant start;
    private volatile Instant now;

    private MovableTime(Instant start) {
        this.start = start;
        this.now = start;
    }

    static MovableTime at(String time) {
        return new MovableTime(Instant.parse(time));
    }

    LimitTime time() {
        return new LimitTime(this, this);
    }

    synchronized void pass(Duration time) {
        now = now.plus(time);
    }

    @Override
    public long currentTimeNanos() {
        return Duration.between(start, now).toNanos();
    }

    @Override
    public boolean isWallClockBased() {
        return false;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
