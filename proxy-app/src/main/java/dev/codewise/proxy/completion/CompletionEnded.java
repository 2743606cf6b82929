package dev.codewise.proxy.completion;

import dev.codewise.proxy.completion.CompletionException.Reason;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A request is over, one way or another; published once for each. */
public record CompletionEnded(
        Origin origin, String askedModel, Attempts attempts, Times times, Ending ending, Told told) {

    /** The ways a request can end. */
    public enum Outcome {
        ANSWERED,
        FAILED,
        CANCELLED
    }

    /** Who had the request at last, if anybody, and how many had it in vain before. */
    public record Attempts(@Nullable Answerer last, int inVain) {}

    /** When it came, when its client was given something for the first time, and when it was over. */
    public record Times(Instant startedAt, @Nullable Instant firstPieceAt, Instant endedAt) {}

    /**
     * How it ended, and for which reason it failed. A failure without a reason is a defect of ours, or was told of by somebody
     * else's words only.
     *
     * @param cutOffAfter how many bytes the client was given of an answer that did not come to its end; none of any other
     */
    public record Ending(Outcome outcome, @Nullable Reason failure, long cutOffAfter) {}

    /**
     * What was said of the answer. The usage is what whoever answered last has told, which is not all of it where the answer broke
     * off; the rest is told with the end of an answer only.
     */
    public record Told(
            @Nullable Usage usage,
            @Nullable FinishReason finishReason,
            @Nullable String model,
            @Nullable BigDecimal costUsd) {

        public static final Told NOTHING = new Told(null, null, null, null);

        Told using(@Nullable Usage soFar) {
            return new Told(soFar, finishReason, model, costUsd);
        }
    }

    /** The same, if somebody had told that usage. */
    public CompletionEnded using(@Nullable Usage other) {
        return new CompletionEnded(origin, askedModel, attempts, times, ending, told.using(other));
    }

    public String requestId() {
        return origin.requestId();
    }

    public @Nullable Answerer answeredBy() {
        return attempts.last;
    }

    public Instant startedAt() {
        return times.startedAt;
    }

    public @Nullable Instant firstPieceAt() {
        return times.firstPieceAt;
    }

    public Instant endedAt() {
        return times.endedAt;
    }

    public Outcome outcome() {
        return ending.outcome;
    }

    public @Nullable Reason failure() {
        return ending.failure;
    }

    public long cutOffAfter() {
        return ending.cutOffAfter;
    }

    public @Nullable Usage usage() {
        return told.usage;
    }

    public @Nullable FinishReason finishReason() {
        return told.finishReason;
    }

    public @Nullable String model() {
        return told.model;
    }

    public @Nullable BigDecimal costUsd() {
        return told.costUsd;
    }
}
