package dev.codewise.proxy.agent.reply;

import dev.codewise.protocol.RunMessage;
import dev.codewise.proxy.agent.reply.Delivery.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The rules of order for the messages of one run: each number once and none left out, or no numbers and the order in which they
 * come; and one end. To be used by one thread at a time.
 */
final class Sequence {

    private static final long NONE = 0;

    private long next = 1;
    private long accepted;
    private long lastNumber = NONE;
    private boolean ended;
    private @Nullable Boolean numbered;

    /** What the rules say; nothing changes until {@link #accept}. */
    Verdict judge(RunMessage message) {
        Long seq = message.seq();
        if (numbered != null && numbered != (seq != null)) {
            return Verdict.MIXED;
        }
        if (seq == null) {
            return ended ? Verdict.OVER : Verdict.ACCEPTED;
        }
        return ended ? afterTheEnd(seq, message) : inOrder(seq);
    }

    private Verdict afterTheEnd(long seq, RunMessage message) {
        return seq == lastNumber && message.endsRun() ? Verdict.DUPLICATE : Verdict.OVER;
    }

    private Verdict inOrder(long seq) {
        if (seq == next) {
            return Verdict.ACCEPTED;
        }
        return seq < next ? Verdict.DUPLICATE : Verdict.GAP;
    }

    /** To be called with a message that was judged acceptable. */
    void accept(RunMessage message) {
        numbered = message.seq() != null;
        accepted++;
        ended = message.endsRun();
        if (numbered) {
            next++;
            lastNumber = ended ? next - 1 : NONE;
        }
    }

    /** Takes back a message without a number, which its sender will send again. */
    void forget(RunMessage message) {
        accepted--;
        ended = ended && !message.endsRun();
    }

    long next() {
        return next;
    }

    /** Whether the agent has said its last word. */
    boolean hasEnded() {
        return ended;
    }

    /** Whether the agent has said nothing yet. */
    boolean isUntouched() {
        return accepted == 0;
    }
}
