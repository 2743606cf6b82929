package dev.codewise.proxy.claude;

import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** When a request that got no answer at all is worth sending once more, and how soon. */
final class SecondTry {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
    private static final int SHORTEST_PAUSE_MILLIS = 100;
    private static final int LONGEST_PAUSE_MILLIS = 400;

    private SecondTry() {}

    static boolean makesSense(Throwable failure) {
        return failure instanceof CompletionException refusal
                ? isOverSoon(refusal)
                : ConnectionFailure.isBreakBeforeTheAnswer(failure);
    }

    /** What the API asks for, and a little more that differs among all those who failed at the same moment. */
    static Duration pauseAfter(Throwable failure) {
        long some = ThreadLocalRandom.current().nextLong(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS);
        return failure instanceof CompletionException refusal
                ? waitAskedBy(refusal).plusMillis(some)
                : Duration.ofMillis(some);
    }

    private static boolean isOverSoon(CompletionException refusal) {
        return refusal.reason() == Reason.OVERLOADED && waitAskedBy(refusal).compareTo(LONGEST_WAIT) <= 0;
    }

    private static Duration waitAskedBy(CompletionException refusal) {
        return refusal.retryAfter().orElse(Duration.ZERO);
    }
}
