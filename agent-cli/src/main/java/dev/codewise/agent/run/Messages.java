package dev.codewise.agent.run;

import dev.codewise.agent.claude.Answer;
import dev.codewise.agent.claude.Tokens;
import dev.codewise.protocol.RunError;
import dev.codewise.protocol.RunFinish;
import dev.codewise.protocol.RunMessage;
import dev.codewise.protocol.RunUsage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Says in the protocol's words how an answer ended. */
final class Messages {

    private Messages() {}

    static RunMessage complete(String requestId, Answer answer) {
        return complete(requestId, answer, null);
    }

    /** The process waits for so long for what comes of the calls. */
    static RunMessage parked(String requestId, Answer answer, Duration longest) {
        return complete(requestId, answer, longest.toMillis());
    }

    static RunMessage failed(String requestId, RunError error, Tokens spent) {
        return new RunMessage.Failed(requestId, null, error, spent.equals(Tokens.NONE) ? null : usage(spent));
    }

    private static RunMessage complete(String requestId, Answer answer, @Nullable Long parkedForMs) {
        return new RunMessage.Complete(
                requestId,
                null,
                finish(answer.ending()),
                usage(answer.tokens()),
                answer.costUsd(),
                answer.model(),
                null,
                answer.stopSequence(),
                parkedForMs);
    }

    private static RunFinish finish(Answer.Ending ending) {
        return switch (ending) {
            case COMPLETE -> RunFinish.STOP;
            case TOKEN_LIMIT -> RunFinish.LENGTH;
            case TOOL_CALLS -> RunFinish.TOOL_CALLS;
        };
    }

    static RunUsage usage(Tokens tokens) {
        return new RunUsage(
                tokens.input(),
                tokens.output(),
                tokens.cacheRead(),
                tokens.cacheWrite(),
                tokens.thinking() == 0 ? null : tokens.thinking());
    }
}
