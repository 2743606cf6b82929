package dev.codewise.proxy.claude;

import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import java.time.Duration;
import java.util.function.LongSupplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/**
 * How long an answer of the API may bring nothing new: so long while more of it is wanted, and so long while nobody wants any. A
 * client that reads slowly keeps the API waiting; that is no silence of the API's.
 */
final class Silence {

    private final Duration ofApi;
    private final Duration ofReader;
    private final LongSupplier nanoTime;

    Silence(Duration ofApi, Duration ofReader, LongSupplier nanoTime) {
        this.ofApi = ofApi;
        this.ofReader = ofReader;
        this.nanoTime = nanoTime;
    }

    /** The same answer, as long as neither side keeps the other waiting for too long; then a {@link CompletionException}. */
    <T> Flux<T> limit(Flux<T> answer) {
        return Flux.defer(() -> new Watch().over(answer));
    }

    /** Whose turn it is in one answer, and since when. */
    private final class Watch {

        private final Mono<Long> tooLong =
                Mono.defer(() -> Mono.delay(left())).filter(tick -> isOver()).repeatWhenEmpty(looks -> looks);
        private long wanted;
        private long since = nanoTime.getAsLong();

        /** A failure passes the clock as a signal, for a clock reports one that comes just after the client has left. */
        private <T> Flux<T> over(Flux<T> answer) {
            return answer.doOnRequest(this::wanted)
                    .doOnNext(piece -> came())
                    .materialize()
                    .timeout(tooLong, piece -> tooLong, Flux.error(this::failure))
                    .dematerialize();
        }

        private synchronized void wanted(long more) {
            if (wanted == 0) {
                since = nanoTime.getAsLong();
            }
            wanted = Operators.addCap(wanted, more);
        }

        private synchronized void came() {
            since = nanoTime.getAsLong();
            wanted = wanted == Long.MAX_VALUE ? wanted : Math.max(0, wanted - 1);
        }

        private synchronized Duration left() {
            Duration left = longest().minusNanos(nanoTime.getAsLong() - since);
            return left.isNegative() ? Duration.ZERO : left;
        }

        private synchronized boolean isOver() {
            return nanoTime.getAsLong() - since >= longest().toNanos();
        }

        private Duration longest() {
            return wanted > 0 ? ofApi : ofReader;
        }

        private synchronized CompletionException failure() {
            return wanted > 0 ? silent() : neglected();
        }
    }

    private CompletionException silent() {
        return new CompletionException(
                Reason.PROVIDER_TIMED_OUT, "The Claude API said nothing for " + ofApi.toSeconds() + " seconds.");
    }

    /** Nobody else would find a reader either. */
    private CompletionException neglected() {
        return new CompletionException(
                        Reason.PROVIDER_FAILED, "Nobody read the answer for " + ofReader.toSeconds() + " seconds.")
                .asFinal();
    }
}
