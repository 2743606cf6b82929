package dev.codewise.agent.claude;

import dev.codewise.agent.claude.Answer.Ending;
import dev.codewise.agent.claude.ClaudeException.Kind;
import dev.codewise.agent.claude.Prompt.Speaker;
import dev.codewise.agent.claude.Prompt.Turn;
import java.util.function.BooleanSupplier;

/**
 * One process that answers one prompt, started for it or taken from those that waited. {@link #answer} is for one thread; {@link #stop} may come from any. Closing it leaves no
 * process behind.
 */
public final class Conversation implements AutoCloseable {

    private final ClaudeProcess process;
    private final InputLines input;
    private final LineParser parser;
    private final Failures failures;
    private volatile boolean stopped;
    private volatile boolean over;

    Conversation(ClaudeProcess process, InputLines input, LineParser parser, Failures failures) {
        this.process = process;
        this.input = input;
        this.parser = parser;
        this.failures = failures;
    }

    /** Tells the answer piece by piece, and returns at its end. */
    public Answer answer(Prompt prompt, AnswerListener listener, Patience patience) {
        var progress = new Progress(listener);
        var exchange = new Exchange(process, parser, progress, patience);
        try {
            initialize(prompt, progress, exchange);
            recall(prompt, progress, exchange);
            process.send(input.question(prompt.question()));
            await(exchange, () -> progress.isTurnOver() || progress.isCutShort());
            return progress.isCutShort() ? cutShort(progress) : completed(progress);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopped();
        }
    }

    private void initialize(Prompt prompt, Progress progress, Exchange exchange) throws InterruptedException {
        instruct(input.initialize("initialize", prompt.system() == null ? "" : prompt.system()), progress, exchange);
        var limit = prompt.wishes().maxTokens();
        if (limit != null) {
            instruct(input.limit("limit", limit), progress, exchange);
        }
    }

    private void instruct(byte[] line, Progress progress, Exchange exchange) throws InterruptedException {
        progress.expectNextControl();
        process.send(line);
        await(exchange, progress::isControlAnswered);
        var answer = progress.control();
        if (answer != null && answer.error() != null) {
            throw new ClaudeException(Kind.EXITED, "claude refused its instructions");
        }
    }

    /** In lockstep: claude applies its own earlier answers when it reads them, but the user's only in their turn. */
    private void recall(Prompt prompt, Progress progress, Exchange exchange) throws InterruptedException {
        var questions = 0;
        for (var turn : prompt.history()) {
            if (turn.speaker() == Speaker.ASSISTANT) {
                process.send(input.earlierAnswer("msg_history_" + questions, turn));
            } else {
                recallQuestion(turn, progress, exchange);
                questions++;
            }
        }
    }

    private void recallQuestion(Turn turn, Progress progress, Exchange exchange) throws InterruptedException {
        process.send(input.earlierQuestion(turn));
        await(exchange, progress::isTurnOver);
        requireSuccess(progress);
        progress.expectNextTurn();
    }

    /** Claude is told to stop at once, since it would go on by itself; what it says to that has the true cost. */
    private Answer cutShort(Progress progress) throws InterruptedException {
        process.send(input.interrupt("interrupt"));
        var moment = new Patience(ClaudeProcess.GRACE, ClaudeProcess.GRACE);
        var lastWords = new Exchange(process, parser, progress, moment);
        try {
            lastWords.await(progress::isTurnOver);
        } catch (ClaudeException e) {
            // the text is complete as it is; only the cost stays unknown
        }
        return ended(Ending.TOKEN_LIMIT, progress);
    }

    private Answer completed(Progress progress) {
        requireSuccess(progress);
        return ended(Ending.COMPLETE, progress);
    }

    private void requireSuccess(Progress progress) {
        var turn = progress.turn();
        if (turn != null && turn.isError()) {
            throw stopped ? stopped() : failures.of(turn, progress);
        }
    }

    private Answer ended(Ending ending, Progress progress) {
        var turn = progress.turn();
        over = turn != null;
        return new Answer(ending, progress.tokens(), turn == null ? null : turn.costUsd(), progress.model());
    }

    private void await(Exchange exchange, BooleanSupplier condition) throws InterruptedException {
        if (!exchange.await(condition)) {
            throw stopped ? stopped() : failures.exited(process);
        }
    }

    private static ClaudeException stopped() {
        return new ClaudeException(Kind.STOPPED, "the run was stopped");
    }

    /** Ends claude and all that it has started, within a second; the answer then fails as stopped. */
    public void stop() {
        stopped = true;
        close();
    }

    @Override
    public void close() {
        if (!over) {
            process.send(input.interrupt("interrupt"));
        }
        process.end();
    }
}
