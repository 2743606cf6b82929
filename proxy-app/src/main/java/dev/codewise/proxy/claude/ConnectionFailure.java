package dev.codewise.proxy.claude;

import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;

/** What it means when not the API fails but the way to it, or when its answer cannot be read. */
final class ConnectionFailure {

    private static final List<Class<? extends Exception>> NOT_REACHED =
            List.of(ConnectException.class, UnknownHostException.class, NoRouteToHostException.class);

    /** The API is configured and will be there again: whoever waits needs nothing else. */
    private static final Duration SOON = Duration.ofSeconds(2);

    private ConnectionFailure() {}

    static CompletionException toCompletionException(Throwable failure) {
        if (failure instanceof CompletionException known) {
            return known;
        }
        return failure instanceof WebClientRequestException ? beforeTheAnswer(failure.getCause()) : inTheAnswer();
    }

    /** Whether a connection that came about ended without a word. */
    static boolean isBreakBeforeTheAnswer(Throwable failure) {
        return failure instanceof WebClientRequestException
                && failure.getCause() instanceof IOException
                && !isNotReached(failure.getCause());
    }

    private static boolean isNotReached(@Nullable Throwable cause) {
        return NOT_REACHED.stream().anyMatch(kind -> kind.isInstance(cause));
    }

    /** Nothing has been sent where no connection came about, so nobody has taken the request. */
    private static CompletionException beforeTheAnswer(@Nullable Throwable cause) {
        if (isNotReached(cause)) {
            return new CompletionException(Reason.PROVIDER_UNAVAILABLE, "The Claude API cannot be reached.")
                    .retryAfter(SOON);
        }
        if (cause instanceof TimeoutException || cause instanceof PoolAcquirePendingLimitException) {
            return new CompletionException(
                    Reason.OVERLOADED, "Too many requests to the Claude API are under way at once. Try again shortly.");
        }
        return new CompletionException(
                Reason.PROVIDER_FAILED, "The connection to the Claude API broke before it answered.");
    }

    private static CompletionException inTheAnswer() {
        return new CompletionException(
                Reason.PROVIDER_FAILED, "The answer of the Claude API was cut off or could not be read.");
    }
}
