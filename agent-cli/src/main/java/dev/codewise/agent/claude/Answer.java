package dev.codewise.agent.claude;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** How an answer ended whose text has already been told, and what it took. */
public record Answer(
        Ending ending,
        Tokens tokens,
        @Nullable BigDecimal costUsd,
        @Nullable String model,
        @Nullable String stopSequence) {

    /** Why the model stopped. */
    public enum Ending {
        COMPLETE,
        TOKEN_LIMIT,
        TOOL_CALLS
    }

    Answer costing(BigDecimal costUsd) {
        return new Answer(ending, tokens, costUsd, model, stopSequence);
    }
}
