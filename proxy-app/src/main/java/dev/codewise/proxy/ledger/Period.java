package dev.codewise.proxy.ledger;

import java.time.Duration;
import java.time.Instant;

/** From one moment on, until just before another. */
public record Period(Instant from, Instant to) {

    private static final Duration USUAL = Duration.ofDays(30);

    /** What is asked for by {@code from} and {@code to}; by itself the last thirty days. */
    static Period in(Question question, Instant now) {
        Instant to = question.time("to", now);
        Instant from = question.time("from", to.minus(USUAL));
        if (!from.isBefore(to)) {
            throw Question.wrong("from", "must be earlier than \"to\"");
        }
        return new Period(from, to);
    }
}
