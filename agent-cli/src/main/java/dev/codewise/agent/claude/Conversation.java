package dev.codewise.agent.claude;

import dev.codewise.agent.claude.Answer.Ending;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One process that answers one prompt, started for it or taken from those that waited, and the prompts that end the pauses it makes
 * for the client's tools. {@link #answer} is for one thread; {@link #stop} may come from any. Closing it leaves no process behind,
 * unless somebody else sees to that.
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
        var dialogue = new Dialogue(process, exchange, progress, failures, () -> stopped);
        try {
            ask(prompt, dialogue);
            dialogue.await(progress::isOver);
            var answer = ended(prompt, dialogue);
            over = progress.isTurnOver();
            return spending.account(answer);
        } catch (ClaudeException e) {
            throw e.having(progress.tokensSoFar());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Dialogue.stopped().having(progress.tokensSoFar());
        }
    }

    private void ask(Prompt prompt, Dialogue dialogue) throws InterruptedException {
        var paused = pause;
        pause = null;
        if (paused != null) {
            paused.results(prompt).forEach(tools::answer);
        } else {
            new Opening(dialogue, input).tell(prompt);
        }
    }

    private Answer ended(Prompt prompt, Dialogue dialogue) throws InterruptedException {
        var conclusion = new Conclusion(dialogue, input);
        var progress = dialogue.progress();
        if (progress.isCutShort()) {
            return conclusion.interrupted(Ending.TOKEN_LIMIT);
        }
        if (progress.isUrged()) {
            return conclusion.interrupted(Ending.COMPLETE);
        }
        return progress.isCalling() ? called(prompt, dialogue) : conclusion.completed();
    }

    private Answer called(Prompt prompt, Dialogue dialogue) throws InterruptedException {
        var conclusion = new Conclusion(dialogue, input);
        var calls = dialogue.progress().calls();
        if (!mayWait.getAsBoolean() || !dialogue.awaitSoon(() -> tools.awaitsAll(calls.ids()))) {
            return conclusion.interrupted(Ending.TOOL_CALLS);
        }
        pause = new Pause(prompt, calls.said());
        return conclusion.waiting();
    }

    /** Whether claude waits for what comes of its calls, so that this answers once more. */
    boolean isPaused() {
        return pause != null;
    }

    boolean isContinuedBy(Prompt prompt) {
        var paused = pause;
        return paused != null && process.isAlive() && paused.isEndedBy(prompt);
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
