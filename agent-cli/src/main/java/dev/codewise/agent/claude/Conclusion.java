package dev.codewise.agent.claude;

import dev.codewise.agent.claude.Answer.Ending;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Learns from claude, whose answer has been told, what it took, and leaves it waiting or stopped. */
final class Conclusion {

    /** As in "Total cost:            $0.0042". */
    private static final Pattern COST = Pattern.compile("Total cost:\\s+\\$(\\d{1,9}\\.\\d{1,9})\\b");

    private final Dialogue dialogue;
    private final Progress progress;
    private final InputLines input;

    Conclusion(Dialogue dialogue, InputLines input) {
        this.dialogue = dialogue;
        this.progress = dialogue.progress();
        this.input = input;
    }

    /** Claude has ended its turn by itself; fails where the turn did. */
    Answer completed() {
        dialogue.requireSuccess();
        progress.tellValue();
        return ended(Ending.COMPLETE, totalCost());
    }

    /** Claude is told to stop at once, since it would go on by itself; what it says to that has the true cost. */
    Answer interrupted(Ending ending) throws InterruptedException {
        dialogue.say(input.interrupt("interrupt"));
        dialogue.awaitSoon(progress::isTurnOver);
        return ended(ending, totalCost());
    }

    /** Claude waits for what comes of its calls. What it says of the cost until then is rounded. */
    Answer waiting() throws InterruptedException {
        progress.expectNextControl();
        dialogue.say(input.askCost("cost"));
        var told = dialogue.awaitSoon(progress::isControlAnswered) ? progress.control() : null;
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
