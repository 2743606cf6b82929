package dev.codewise.proxy.claude;

import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

/**
 * Leaves the API alone for a while once it has failed so often in a row that the next request would only wait for another
 * failure. Then one request tries it; the others go on being refused at once until that one has an answer.
 */
final class Breaker {

    private static final Logger LOG = LoggerFactory.getLogger(Breaker.class);
    private static final int MOST_FAILURES = 5;
    private static final Duration REST = Duration.ofSeconds(30);

    private final LongSupplier nanoTime;
    private int failures;
    private @Nullable Rest rest;

    Breaker(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** While the API is left alone: why, until when, and who tries it again. */
    private record Rest(String why, long until, @Nullable Object trying) {}

    /** The answer, unless the API is being left alone: then a failure that says for how long. */
    <T> Flux<T> watch(Flux<T> answer) {
        return Flux.defer(() -> watched(answer, new Object()));
    }

    private <T> Flux<T> watched(Flux<T> answer, Object who) {
        letIn(who);
        return answer.doOnNext(first -> answered(who))
                .doOnComplete(this::ended)
                .doOnError(failure -> failed(failure, who))
                .doOnCancel(() -> left(who));
    }

    synchronized boolean leavesAlone() {
        return rest != null;
    }

    private synchronized void letIn(Object who) {
        if (rest == null) {
            return;
        }
        long left = rest.until - nanoTime.getAsLong();
        if (left > 0 || rest.trying != null) {
            throw refusal(rest.why, Duration.ofNanos(Math.max(left, 0)));
        }
        rest = new Rest(rest.why, rest.until, who);
    }

    private static CompletionException refusal(String why, Duration left) {
        long seconds = Math.max(1, left.plusMillis(999).toSeconds());
        return new CompletionException(Reason.PROVIDER_UNAVAILABLE, why).retryAfter(Duration.ofSeconds(seconds));
    }

    private synchronized void answered(Object who) {
        if (isTrying(who)) {
            recovered();
        }
    }

    private synchronized void ended() {
        failures = 0;
    }

    private synchronized void failed(Throwable failure, Object who) {
        if (!isTheApis(failure)) {
            answered(who);
        } else if (rest == null) {
            failures++;
            if (failures >= MOST_FAILURES) {
                LOG.warn(
                        "The Claude API has failed {} times in a row and is left alone for {} s",
                        failures,
                        REST.toSeconds());
                leaveAlone(failure);
            }
        } else if (isTrying(who)) {
            leaveAlone(failure);
        }
    }

    /** Who tries it again and leaves without an answer has learnt nothing: somebody else may. */
    private synchronized void left(Object who) {
        if (rest != null && isTrying(who)) {
            rest = new Rest(rest.why, rest.until, null);
        }
    }

    private boolean isTrying(Object who) {
        return rest != null && rest.trying == who;
    }

    private void leaveAlone(Throwable failure) {
        rest = new Rest(String.valueOf(failure.getMessage()), nanoTime.getAsLong() + REST.toNanos(), null);
    }

    private void recovered() {
        rest = null;
        failures = 0;
        LOG.info("The Claude API answers again");
    }

    /** What the request or the account is refused for is an answer, and one that nobody reads is no failure of the API. */
    private static boolean isTheApis(Throwable failure) {
        return !(failure instanceof CompletionException known)
                || switch (known.reason()) {
                    case PROVIDER_UNAVAILABLE, PROVIDER_TIMED_OUT, PROVIDER_FAILED, OVERLOADED -> !known.isFinal();
                    case UNKNOWN_MODEL,
                            MODEL_NOT_ALLOWED,
                            INVALID_REQUEST,
                            PROMPT_TOO_LONG,
                            REQUEST_TOO_LARGE,
                            REFUSED,
                            UNSUPPORTED,
                            RATE_LIMITED,
                            BUDGET_SPENT -> false;
                };
    }
}
