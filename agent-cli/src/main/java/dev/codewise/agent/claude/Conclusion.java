package dev.codewise.agent.claude;

import dev.codewise.agent.claude.Answer.Ending;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Learns from claude, whose answer has been told, what it took, and leaves it waiting or stopped. */
final class Conclusion {

    /** As in "Total cost:            $0.0042". */
    private static final Pattern COST = Pattern.compile("Total cost:\\s+\\$(\\d{1,9}\\.\\d{1,9})\\b");

    private final ClaudeProcess process;
    private final InputLines input;
    private final Exchange exchange;
    private final Progress progress;

    Conclusion(ClaudeProcess process, InputLines input, Exchange exchange, Progress progress) {
        this.process = process;
        this.input = input;
        this.exchange = exchange;
        this.progress = progress;
    }

    /** Claude has ended its turn by itself. */
    Answer completed() {
        return ended(Ending.COMPLETE, totalCost());
    }

    /** Claude is told to stop at once, since it would go on by itself; what it says to that has the true cost. */
    Answer interrupted(Ending ending) throws InterruptedException {
        process.send(input.interrupt("interrupt"));
        exchange.awaitSoon(progress::isTurnOver);
        return ended(ending, totalCost());
    }

    /** Claude waits for what comes of its calls. What it says of the cost until then is rounded. */
    Answer waiting() throws InterruptedException {
        progress.expectNextControl();
        process.send(input.askCost("cost"));
        var told = exchange.awaitSoon(progress::isControlAnswered) ? progress.control() : null;
        return ended(Ending.TOOL_CALLS, told == null ? null : cost(told.text()));
    }

    private static @Nullable BigDecimal cost(String words) {
        var found = COST.matcher(words);
        return found.find() ? new BigDecimal(found.group(1)) : null;
    }

    private @Nullable BigDecimal totalCost() {
        var turn = progress.turn();
        return turn == null ? null : turn.costUsd();
    }

    private Answer ended(Ending ending, @Nullable BigDecimal cost) {
        return new Answer(ending, progress.tokens(), cost, progress.model(), progress.stopSequence());
    }
}
