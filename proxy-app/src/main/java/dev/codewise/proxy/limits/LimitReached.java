package dev.codewise.proxy.limits;

import java.time.Duration;

/** A request that its key may not make now, and how long that holds. */
final class LimitReached extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final Duration ALMOST_A_MILLISECOND = Duration.ofNanos(999_999);

    private final Limit limit;
    private final Duration wait;

    LimitReached(Limit limit, String sentence, Duration wait) {
        // A refusal is no fault of ours: where it was thrown interests nobody, and it may be thrown very often.
        super(sentence, null, false, false);
        this.limit = limit;
        this.wait = wait;
    }

    Limit limit() {
        return limit;
    }

    /** In whole milliseconds, and never too short. */
    Duration howLong() {
        return Duration.ofMillis(wait.plus(ALMOST_A_MILLISECOND).toMillis());
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
