package dev.codewise.proxy.agent.reply;

/**
 * What became of a message.
 *
 * @param nextSeq the number of the next message that is expected, where the messages have numbers
 * @param cancelled whether nobody waits for the request any more
 */
public record Delivery(Verdict verdict, long nextSeq, boolean cancelled) {

    /** The one reason for which a message is taken or not. */
    public enum Verdict {
        ACCEPTED,

        /** It is here already, so that nothing needs to be done. */
        DUPLICATE,

        /** One before it is missing. */
        GAP,

        /** It has a number where others of its request have none, or none where they have. */
        MIXED,

        /** Its request was this agent's, and has ended. */
        OVER,

        /** There is no such request, or it is not this agent's. */
        UNKNOWN,
        TOO_FAST,
        TOO_LONG
    }

    static final Delivery UNKNOWN = new Delivery(Verdict.UNKNOWN, 0, false);

    /** Whether the sender may go on with the next message. */
    public boolean isGood() {
        return verdict == Verdict.ACCEPTED || verdict == Verdict.DUPLICATE;
    }
}
