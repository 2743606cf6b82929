package dev.codewise.agent.run;

import dev.codewise.agent.claude.ClaudeException;
import dev.codewise.protocol.RunError;
import dev.codewise.protocol.RunErrorCode;
import org.jspecify.annotations.Nullable;

/** Says in the protocol's words why claude gave no answer. */
final class RunErrors {

    private RunErrors() {}

    static RunError of(ClaudeException failure) {
        return new RunError(codeOf(failure.kind()), message(failure), null, retryAfterMs(failure));
    }

    private static RunErrorCode codeOf(ClaudeException.Kind kind) {
        return switch (kind) {
            case NOT_FOUND -> RunErrorCode.CLI_NOT_FOUND;
            case EXITED -> RunErrorCode.CLI_EXIT;
            case SILENT, TOOK_TOO_LONG -> RunErrorCode.CLI_TIMEOUT;
            case NOT_LOGGED_IN -> RunErrorCode.CLI_AUTH;
            case RATE_LIMITED -> RunErrorCode.RATE_LIMITED;
            case OVERLOADED -> RunErrorCode.OVERLOADED;
            case PROMPT_TOO_LONG -> RunErrorCode.PROMPT_TOO_LONG;
            case INVALID_REQUEST -> RunErrorCode.INVALID_REQUEST;
            case REFUSED -> RunErrorCode.REFUSED;
            case STOPPED -> RunErrorCode.CANCELLED;
            case API_FAILED, OUTPUT_TOO_LONG -> RunErrorCode.INTERNAL;
        };
    }

    private static String message(ClaudeException failure) {
        var message = failure.getMessage();
        return message == null ? "" : message;
    }

    private static @Nullable Long retryAfterMs(ClaudeException failure) {
        var wait = failure.retryAfter();
        return wait == null ? null : wait.toMillis();
    }
}
