package dev.codewise.agent.run;

import dev.codewise.agent.claude.Answer;
import dev.codewise.agent.claude.AnswerListener;
import dev.codewise.agent.claude.CallPiece;
import dev.codewise.agent.claude.Claude;
import dev.codewise.agent.claude.ClaudeException;
import dev.codewise.agent.claude.Conversation;
import dev.codewise.agent.claude.Patience;
import dev.codewise.agent.claude.Prompt;
import dev.codewise.agent.claude.Retry;
import dev.codewise.agent.claude.Tokens;
import dev.codewise.agent.upload.Delivery;
import dev.codewise.agent.upload.Uplink;
import dev.codewise.agent.upload.Upload;
import dev.codewise.protocol.CancelReason;
import dev.codewise.protocol.ProxyEvent.RunRequest;
import dev.codewise.protocol.RunError;
import dev.codewise.protocol.RunErrorCode;
import dev.codewise.protocol.RunMessage;
import dev.codewise.protocol.RunPosition;
import dev.codewise.protocol.RunToolCall;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request from accepted to finished, failed or stopped. When it returns, no process of it is left. */
final class Run implements AnswerListener {

    private final RunRequest request;
    private final Claude claude;
    private final Prompts prompts;
    private final RunListener listener;
    private final Upload upload;
    private volatile boolean stopped;
    private volatile String unwanted = "";
    private volatile boolean ended;
    private volatile @Nullable Conversation conversation;

    Run(RunRequest request, Claude claude, Prompts prompts, Uplink uplink, RunListener listener) {
        this.request = request;
        this.claude = claude;
        this.prompts = prompts;
        this.listener = listener;
        this.upload = uplink.upload(request.requestId(), silence(), this::endConversation);
    }

    /** Answers the request, and says how that went. */
    Outcome execute() {
        upload.start();
        try {
            return converse(prompts.of(request));
        } catch (RejectedRequestException e) {
            return failed(e.error(), Tokens.NONE);
        } catch (ClaudeException e) {
            return failed(stopped ? stoppedHere() : RunErrors.of(e), e.spent());
        } catch (RuntimeException e) {
            var error = RunError.of(
                    RunErrorCode.INTERNAL, "the agent failed: " + e.getClass().getSimpleName());
            return failed(error, Tokens.NONE);
        } finally {
            // also where an error comes past all of these: the thread of the upload would wait for ever
            upload.abandon();
        }
    }

    /** What is parked is told only after it is left: the request that continues it, and owns it from then on, may come at once. */
    private Outcome converse(Prompt prompt) {
        Answer answer;
        Duration parkedFor;
        try (var asked = resumed(prompt).orElseGet(() -> claude.start(prompt.model()))) {
            conversation = asked;
            if (ended) {
                asked.stop();
            }
            answer = asked.answer(prompt, this, new Patience(silence(), total()));
            parkedFor = claude.park(request.requestId(), asked);
            if (parkedFor.isZero()) {
                return new Outcome(deliver(Messages.complete(request.requestId(), answer)), answer, null, unwanted);
            }
        }
        return parked(answer, parkedFor);
    }

    private Optional<Conversation> resumed(Prompt prompt) {
        return Optional.ofNullable(request.continues()).flatMap(earlier -> claude.resume(earlier, prompt));
    }

    @Override
    public void begun(Tokens soFar) {
        upload.begun(Messages.usage(soFar));
    }

    @Override
    public void text(String piece) {
        upload.text(piece);
    }

    @Override
    public void thinking(String piece) {
        upload.thinking(piece);
    }

    @Override
    public void toolCall(CallPiece piece) {
        upload.toolCall(new RunToolCall(piece.index(), piece.id(), piece.name(), piece.arguments()));
    }

    @Override
    public void retrying(Retry retry) {
        listener.retrying(request.requestId(), retry.attempt(), retry.status());
    }

    @Override
    public void alive() {
        upload.alive();
    }

    /** May come from any thread, and returns when claude is gone. */
    void stop() {
        stopped = true;
        endConversation();
    }

    /** The proxy does not want it any more; nothing is posted of it from now on. */
    void cancel(@Nullable CancelReason reason) {
        unwanted = Endings.why(reason);
        upload.abandon();
        stop();
    }

    /** The stream from the proxy is gone; this goes on as long as the proxy can be reached. */
    void streamLost() {
        upload.check();
    }

    RunPosition position() {
        return new RunPosition(request.requestId(), upload.nextSeq());
    }

    private void endConversation() {
        ended = true;
        var running = conversation;
        if (running != null) {
            running.stop();
        }
    }

    private Outcome parked(Answer answer, Duration parkedFor) {
        conversation = null;
        var delivery = deliver(Messages.parked(request.requestId(), answer, parkedFor));
        if (delivery != Delivery.DELIVERED) {
            claude.unpark(request.requestId());
        }
        return new Outcome(delivery, answer, null, unwanted);
    }

    private Outcome failed(RunError error, Tokens spent) {
        return new Outcome(deliver(Messages.failed(request.requestId(), error, spent)), null, error, unwanted);
    }

    private Delivery deliver(RunMessage last) {
        return upload.finish(last);
    }

    /** Another agent may well answer what this one was only kept from answering. */
    private static RunError stoppedHere() {
        return new RunError(RunErrorCode.CANCELLED, "the agent was stopped", true, null);
    }

    private Duration silence() {
        return Duration.ofMillis(request.timeoutMs());
    }

    private Duration total() {
        return Duration.ofMillis(request.maxDurationMs());
    }

    /** What became of a run: at the proxy, and at claude; and why the proxy did not want it any more, where it said so. */
    record Outcome(
            Delivery delivery,
            @Nullable Answer answer,
            @Nullable RunError error,
            String unwanted) {}
}
