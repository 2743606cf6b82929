package dev.codewise.agent.claude;

import dev.codewise.agent.claude.Answer.Ending;
import dev.codewise.agent.claude.ClaudeException.Kind;
import dev.codewise.agent.claude.Prompt.Speaker;
import dev.codewise.agent.claude.Prompt.Turn;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One process that answers one prompt, started for it or taken from those that waited. {@link #answer} is for one thread; {@link #stop} may come from any. Closing it leaves no
 * process behind.
 */
public final class Conversation implements AutoCloseable {

    private final ClaudeProcess process;
    private final InputLines input;
    private final LineParser parser;
    private final Failures failures;
    private final BooleanSupplier mayWait;
    private final ToolServer tools;
    private final Spending spending = new Spending();
    private @Nullable Pause pause;
    private volatile boolean stopped;
    private volatile boolean over;
    private volatile boolean kept;

    /** Claude may wait for the results of its calls only while there is room for that. */
    Conversation(
            ClaudeProcess process, InputLines input, LineParser parser, Failures failures, BooleanSupplier mayWait) {
        this.process = process;
        this.input = input;
        this.parser = parser;
        this.failures = failures;
        this.mayWait = mayWait;
        this.tools = new ToolServer(input.forTools(), process::send);
    }

    /** Tells the answer piece by piece, and returns at its end. */
    public Answer answer(Prompt prompt, AnswerListener listener, Patience patience) {
        tools.offer(prompt.toolbox());
        var progress = new Progress(listener, tools, AnswerForm.of(prompt.wishes()));
        var exchange = new Exchange(process, parser, progress, patience);
        try {
            ask(prompt, progress, exchange);
            await(exchange, progress::isOver);
            var answer = ended(prompt, progress, exchange);
            over = progress.isTurnOver();
            return spending.account(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopped();
        }
    }

    private void ask(Prompt prompt, Progress progress, Exchange exchange) throws InterruptedException {
        var paused = pause;
        pause = null;
        if (paused != null) {
            paused.results(prompt).forEach(tools::answer);
        } else {
            initialize(prompt, progress, exchange);
            recall(prompt, progress, exchange);
            process.send(input.question(prompt.question()));
        }
    }

    private void initialize(Prompt prompt, Progress progress, Exchange exchange) throws InterruptedException {
        instruct(input.initialize("initialize", prompt), progress, exchange);
        tune(Tuning.of(prompt), progress, exchange);
    }

    private void tune(Tuning tuning, Progress progress, Exchange exchange) throws InterruptedException {
        if (!tuning.isNone()) {
            instruct(input.settings("settings", tuning), progress, exchange);
        }
        var thinking = tuning.thinkingTokens();
        if (thinking != null) {
            instruct(input.thinking("thinking", thinking), progress, exchange);
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

    private Answer ended(Prompt prompt, Progress progress, Exchange exchange) throws InterruptedException {
        var conclusion = new Conclusion(process, input, exchange, progress);
        if (progress.isCutShort()) {
            return conclusion.interrupted(Ending.TOKEN_LIMIT);
        }
        if (progress.isUrged()) {
            return conclusion.interrupted(Ending.COMPLETE);
        }
        if (progress.isCalling()) {
            return called(prompt, progress, exchange);
        }
        requireSuccess(progress);
        progress.tellValue();
        return conclusion.completed();
    }

    private Answer called(Prompt prompt, Progress progress, Exchange exchange) throws InterruptedException {
        var conclusion = new Conclusion(process, input, exchange, progress);
        var calls = progress.calls();
        if (!mayWait.getAsBoolean() || !exchange.awaitSoon(() -> tools.awaitsAll(calls.ids()))) {
            return conclusion.interrupted(Ending.TOOL_CALLS);
        }
        pause = new Pause(prompt, calls.said());
        return conclusion.waiting();
    }

    private void requireSuccess(Progress progress) {
        var turn = progress.turn();
        if (turn != null && turn.isError()) {
            throw stopped ? stopped() : failures.of(turn, progress);
        }
    }

    private void await(Exchange exchange, BooleanSupplier condition) throws InterruptedException {
        if (!exchange.await(condition)) {
            throw stopped ? stopped() : failures.exited(process);
        }
    }

    /** Whether claude waits for what comes of its calls, so that this answers once more. */
    boolean isPaused() {
        return pause != null;
    }

    boolean isContinuedBy(Prompt prompt) {
        var paused = pause;
        return paused != null && process.isAlive() && paused.isEndedBy(prompt);
    }

    private static ClaudeException stopped() {
        return new ClaudeException(Kind.STOPPED, "the run was stopped");
    }

    /** From now on somebody else sees to its end. */
    void keep() {
        kept = true;
    }

    /** It is whoever's again who closes it. */
    Conversation released() {
        kept = false;
        return this;
    }

    void onEnd(Runnable reaction) {
        process.onExit(reaction);
    }

    ProcessHandle process() {
        return process.handle();
    }

    /** Ends claude and all that it has started, within a second; the answer then fails as stopped. */
    public void stop() {
        stopped = true;
        end();
    }

    /** Leaves claude alone where it waits and somebody else sees to it. */
    @Override
    public void close() {
        if (!kept) {
            end();
        }
    }

    void end() {
        if (!over) {
            process.send(input.interrupt("interrupt"));
        }
        process.end();
    }
}
