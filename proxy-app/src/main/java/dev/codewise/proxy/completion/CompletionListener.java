package dev.codewise.proxy.completion;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Is told what becomes of each request; must return at once, for it is called where the answer is delivered. */
@FunctionalInterface
interface CompletionListener {

    /** It is over, one way or another; told once for each. */
    void ended(CompletionEnded completion);

    /** So long after it came, the client has received the first piece of the answer. */
    default void begun(@Nullable Answerer by, Duration after) {}

    /** The client has received a piece, the first one too. */
    default void received(@Nullable Answerer by) {}

    /** After somebody else had it in vain. */
    default void movedTo(Answerer next) {}

    /** Who had it was silent for too long, or took too long in all. */
    default void timedOut(@Nullable Answerer who) {}
}
