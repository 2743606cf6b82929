package dev.codewise.agent.claude;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why claude gave no answer, or only a part of one; the message is fit to leave this machine. */
public final class ClaudeException extends RuntimeException {

    /** The kinds of failure that call for different reactions. */
    public enum Kind {
        NOT_FOUND,
        EXITED,
        SILENT,
        TOOK_TOO_LONG,
        NOT_LOGGED_IN,
        RATE_LIMITED,
        OVERLOADED,
        API_FAILED,
        PROMPT_TOO_LONG,
        INVALID_REQUEST,
        REFUSED,
        OUTPUT_TOO_LONG,
        STOPPED
    }

    private final Kind kind;
    private final @Nullable Duration retryAfter;

    public ClaudeException(Kind kind, String message) {
        this(kind, message, null);
    }

    ClaudeException(Kind kind, String message, @Nullable Duration retryAfter) {
        super(message);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    public Kind kind() {
        return kind;
    }

    /** When the limit that was hit ends, where claude told. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
