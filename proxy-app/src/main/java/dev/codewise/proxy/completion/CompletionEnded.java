package dev.codewise.proxy.completion;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request is over, one way or another; published once for each. The usage is what whoever answered last has told, which is
 * not all of it where the answer broke off; the model that ran and what it cost are told with the end of an answer only.
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
        @Nullable BigDecimal costUsd) {

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
