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
    private final transient Tokens spent;

    public ClaudeException(Kind kind, String message) {
        this(kind, message, null);
    }

    ClaudeException(Kind kind, String message, @Nullable Duration retryAfter) {
        this(kind, message, retryAfter, Tokens.NONE);
    }

    private ClaudeException(Kind kind, String message, @Nullable Duration retryAfter, Tokens spent) {
        super(message);
        this.kind = kind;
        this.retryAfter = retryAfter;
        this.spent = spent;
    }

    /** The same failure, of an answer that had taken so much by then. */
    ClaudeException having(Tokens tokens) {
        var same = new ClaudeException(kind, String.valueOf(getMessage()), retryAfter, tokens);
        same.setStackTrace(getStackTrace());
        return same;
    }

    public Kind kind() {
        return kind;
    }

    /** What the model had read and said by then. */
    public Tokens spent() {
        return spent;
    }

    /** When the limit that was hit ends, where claude told. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
