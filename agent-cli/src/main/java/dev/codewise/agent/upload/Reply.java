package dev.codewise.agent.upload;

import dev.codewise.protocol.Receipt;
import java.time.Duration;

/**
 * The proxy's answer to what was posted.
 *
 * @param nextSeq the first message of the run that the proxy does not have; 0 where it does not say
 * @param cancelled the run is to stop, though the message was taken
 */
record Reply(Kind kind, Duration retryAfter, long nextSeq, boolean cancelled) {

    /** What to do about it. */
    enum Kind {
        ACCEPTED,
        GAP,
        LATER,
        UNREACHABLE,
        UNWANTED,
        UNAUTHORIZED,
        TOO_LARGE,
        NOT_UNDERSTOOD
    }

    static final long UNSAID = 0;

    static final Reply NONE = new Reply(Kind.UNREACHABLE, Duration.ZERO, UNSAID, false);

    static Reply of(int status, Duration retryAfter, Receipt receipt) {
        var nextSeq = receipt.nextSeq();
        return new Reply(
                kindOf(status),
                retryAfter,
                nextSeq == null ? UNSAID : Math.max(UNSAID, nextSeq),
                Boolean.TRUE.equals(receipt.cancelled()));
    }

    /** Whether the same may well be taken a little later. */
    boolean mayChange() {
        return kind == Kind.LATER || kind == Kind.UNREACHABLE;
    }

    /** What that means for the run, where it is the last word. */
    Delivery verdict() {
        return switch (kind) {
            case ACCEPTED -> cancelled ? Delivery.UNWANTED : Delivery.DELIVERED;
            case UNWANTED -> Delivery.UNWANTED;
            case UNAUTHORIZED -> Delivery.UNAUTHORIZED;
            case TOO_LARGE -> Delivery.TOO_LARGE;
            case GAP, NOT_UNDERSTOOD -> Delivery.NOT_UNDERSTOOD;
            case LATER, UNREACHABLE -> Delivery.UNREACHABLE;
        };
    }

    private static Kind kindOf(int status) {
        return switch (status) {
            case 200, 201, 202, 204 -> Kind.ACCEPTED;
            case 401, 403 -> Kind.UNAUTHORIZED;
            case 404, 410 -> Kind.UNWANTED;
            case 409 -> Kind.GAP;
            case 413 -> Kind.TOO_LARGE;
            case 408, 429, 503 -> Kind.LATER;
            default -> status >= 500 ? Kind.UNREACHABLE : Kind.NOT_UNDERSTOOD;
        };
    }
}
