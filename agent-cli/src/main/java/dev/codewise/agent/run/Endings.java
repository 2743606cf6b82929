package dev.codewise.agent.run;

import dev.codewise.agent.claude.Answer;
import dev.codewise.agent.run.Run.Outcome;
import dev.codewise.agent.run.RunListener.RunEnd;
import dev.codewise.protocol.CancelReason;
import dev.codewise.protocol.RunError;
import dev.codewise.protocol.RunErrorCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Says for the person at the laptop how a run ended, with none of its text. */
final class Endings {

    private static final String NOBODY_WAITS = "nobody waits for it any more";
    private static final String TOO_LONG = "the answer is longer than the proxy takes";

    private Endings() {}

    static RunEnd of(String model, Outcome outcome, Duration took) {
        var answer = outcome.answer();
        return new RunEnd(
                model,
                words(outcome),
                took,
                answer == null
                        ? 0
                        : answer.tokens().input()
                                + answer.tokens().cacheRead()
                                + answer.tokens().cacheWrite(),
                answer == null ? 0 : answer.tokens().output());
    }

    private static String words(Outcome outcome) {
        var error = outcome.error();
        return switch (outcome.delivery()) {
            case DELIVERED -> error == null ? finished(outcome.answer()) : failed(error);
            case UNWANTED -> "stopped: " + NOBODY_WAITS;
            case UNAUTHORIZED -> "stopped: the proxy refuses the secret (401)";
            case TOO_LARGE -> "stopped: " + TOO_LONG;
            case UNREACHABLE -> "given up: the proxy cannot be reached";
            case NOT_UNDERSTOOD -> "given up: the proxy did not understand a message";
            case ABANDONED -> outcome.unwanted().isEmpty() ? "stopped" : "stopped: " + outcome.unwanted();
        };
    }

    /** What a proxy means that wants a run stopped; one of a later version may mean anything. */
    static String why(@Nullable CancelReason reason) {
        if (reason == null) {
            return NOBODY_WAITS;
        }
        return switch (reason) {
            case CLIENT_DISCONNECTED -> NOBODY_WAITS;
            case TIMEOUT -> "it took too long for the proxy";
            case ADMIN -> "the proxy's operator wants it so";
            case SUPERSEDED -> "it is answered elsewhere, or has failed";
            case OUTPUT_LIMIT -> TOO_LONG;
        };
    }

    private static String finished(@Nullable Answer answer) {
        if (answer == null) {
            return "finished";
        }
        return switch (answer.ending()) {
            case COMPLETE -> "finished";
            case TOKEN_LIMIT -> "cut at the token limit";
            case TOOL_CALLS -> "finished with calls of the client's tools";
        };
    }

    private static String failed(RunError error) {
        var code = error.code() == null ? RunErrorCode.INTERNAL : error.code();
        return "failed: " + code.wireName() + cure(code);
    }

    private static String cure(RunErrorCode code) {
        return switch (code) {
            case CLI_AUTH -> " (run \"claude\" and log in with /login)";
            case CLI_NOT_FOUND -> " (npm install -g @anthropic-ai/claude-code)";
            case CLI_EXIT, CLI_TIMEOUT -> " (try \"claude -p hello\" on this machine)";
            case RATE_LIMITED, OVERLOADED, PROMPT_TOO_LONG, REFUSED, BUSY, INVALID_REQUEST, CANCELLED, INTERNAL -> "";
        };
    }
}
