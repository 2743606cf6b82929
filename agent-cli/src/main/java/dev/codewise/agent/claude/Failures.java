package dev.codewise.agent.claude;

import dev.codewise.agent.claude.ClaudeException.Kind;
import dev.codewise.agent.claude.ClaudeLine.TurnEnded;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells what a turn that ended badly means. */
final class Failures {

    private final Redaction redaction;
    private final Clock clock;

    Failures(Redaction redaction, Clock clock) {
        this.redaction = redaction;
        this.clock = clock;
    }

    ClaudeException of(TurnEnded turn, Progress progress) {
        var kind = kindOf(turn, progress.syntheticError());
        var words = turn.text().isEmpty() ? "claude gave up: " + turn.terminalReason() : turn.text();
        return new ClaudeException(kind, redaction.of(words), untilReset(kind, progress.limitedUntil()));
    }

    ClaudeException exited(ClaudeProcess process) throws InterruptedException {
        if (process.stdout().hadTooLongALine()) {
            return new ClaudeException(Kind.EXITED, "claude printed a line longer than 4 MiB");
        }
        return new ClaudeException(Kind.EXITED, redaction.of(process.epitaph()));
    }

    private static Kind kindOf(TurnEnded turn, String syntheticError) {
        if (turn.stopReason().equals("refusal")) {
            return Kind.REFUSED;
        }
        if (turn.terminalReason().equals("blocking_limit") || isTooLong(turn)) {
            return Kind.PROMPT_TOO_LONG;
        }
        return turn.apiStatus() == 0 ? kindOf(syntheticError) : kindOf(turn.apiStatus());
    }

    private static boolean isTooLong(TurnEnded turn) {
        return turn.apiStatus() == 413
                || (turn.apiStatus() == 400
                        && turn.text().toLowerCase(Locale.ROOT).contains("too long"));
    }

    private static Kind kindOf(int status) {
        return switch (status) {
            case 400, 404, 422 -> Kind.INVALID_REQUEST;
            case 401, 403 -> Kind.NOT_LOGGED_IN;
            case 429 -> Kind.RATE_LIMITED;
            case 529 -> Kind.OVERLOADED;
            default -> Kind.API_FAILED;
        };
    }

    /** The CLI's own word, where there was no HTTP answer to go by. */
    private static Kind kindOf(String syntheticError) {
        return switch (syntheticError) {
            case "authentication_failed" -> Kind.NOT_LOGGED_IN;
            case "rate_limit" -> Kind.RATE_LIMITED;
            case "invalid_request", "model_not_found" -> Kind.INVALID_REQUEST;
            default -> Kind.API_FAILED;
        };
    }

    private @Nullable Duration untilReset(Kind kind, @Nullable Instant limitedUntil) {
        if (kind != Kind.RATE_LIMITED || limitedUntil == null) {
            return null;
        }
        var wait = Duration.between(clock.instant(), limitedUntil);
        return wait.isNegative() ? Duration.ZERO : wait;
    }
}
