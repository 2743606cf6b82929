package dev.codewise.proxy.completion;

import dev.codewise.proxy.completion.CompletionException.Reason;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request is over, one way or another; published once for each. The usage is what whoever answered last has told, which is
 * not all of it where the answer broke off; the model that ran, why it stopped and what it cost are told with the end of an
 * answer only. A failure without a reason is a defect of ours, or was told of by somebody else's words only.
 */
public record CompletionEnded(
        Origin origin,
        String askedModel,
        @Nullable Answerer answeredBy,
        Instant startedAt,
        Instant endedAt,
        Outcome outcome,
        @Nullable Usage usage,
        @Nullable String model,
        @Nullable BigDecimal costUsd,
        @Nullable Instant firstPieceAt,
        @Nullable FinishReason finishReason,
        @Nullable Reason failure) {

    public String requestId() {
        return origin.requestId();
    }

    /** The ways a request can end. */
    public enum Outcome {
        ANSWERED,
        FAILED,
        CANCELLED
    }
}
