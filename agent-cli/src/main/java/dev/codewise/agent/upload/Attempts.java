package dev.codewise.agent.upload;

import dev.codewise.protocol.RunMessage;
import java.time.Duration;

/** Sends one message again and again until the proxy has said yes or no to it. */
final class Attempts {

    private static final Duration FIRST_DELAY = Duration.ofMillis(200);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);

    private final Poster poster;
    private final long givenUpAt;
    private Duration delay = FIRST_DELAY;

    Attempts(Poster poster, Duration patience) {
        this.poster = poster;
        this.givenUpAt = System.nanoTime() + patience.toNanos();
    }

    Delivery send(RunMessage message) throws InterruptedException {
        var reply = poster.post(message);
        while (mayChange(reply) && System.nanoTime() < givenUpAt) {
            pause(reply);
            reply = poster.post(message);
        }
        return verdict(reply.kind());
    }

    private static boolean mayChange(Reply reply) {
        return reply.kind() == Reply.Kind.LATER || reply.kind() == Reply.Kind.UNREACHABLE;
    }

    private void pause(Reply reply) throws InterruptedException {
        if (reply.kind() == Reply.Kind.LATER) {
            Thread.sleep(Math.max(FIRST_DELAY.toMillis(), reply.retryAfter().toMillis()));
        } else {
            Thread.sleep(delay.toMillis());
            delay = delay.compareTo(LONGEST_DELAY.dividedBy(2)) > 0 ? LONGEST_DELAY : delay.multipliedBy(2);
        }
    }

    private static Delivery verdict(Reply.Kind kind) {
        return switch (kind) {
            case ACCEPTED -> Delivery.DELIVERED;
            case UNWANTED -> Delivery.UNWANTED;
            case UNAUTHORIZED -> Delivery.UNAUTHORIZED;
            case TOO_LARGE -> Delivery.TOO_LARGE;
            case NOT_UNDERSTOOD -> Delivery.NOT_UNDERSTOOD;
            case LATER, UNREACHABLE -> Delivery.UNREACHABLE;
        };
    }
}
