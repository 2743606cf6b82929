package dev.codewise.proxy.ledger;

import java.time.Duration;
import java.time.Instant;

/** From one moment on, until just before another. */
public record Period(Instant from, Instant to) {

    private static final Duration USUAL = Duration.ofDays(30);

    /** What is asked for by {@code from} and {@code to}; by itself the last thirty days. */
    static Period in(Question question, Instant now) {
        Instant to = question.time("to", now);
        return in(question, to.minus(USUAL), to);
    }

    private static Period in(Question question, Instant usual, Instant to) {
        Instant from = question.time("from", usual);
        if (!from.isBefore(to)) {
            throw Question.wrong("from", "must be earlier than \"to\"");
        }
        return new Period(from, to);
    }

    /** The same for a further page, whose period began when that of the first one did. */
    static Period onFrom(Cursor cursor, Question question, Instant now) {
        return in(question, cursor.from(), question.time("to", now));
    }
}
