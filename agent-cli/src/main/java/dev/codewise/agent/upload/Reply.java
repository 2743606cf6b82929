package dev.codewise.agent.upload;

import java.time.Duration;

/** The proxy's answer to one posted message. */
record Reply(Kind kind, Duration retryAfter) {

    /** What to do about it. */
    enum Kind {
        ACCEPTED,
        LATER,
        UNREACHABLE,
        UNWANTED,
        UNAUTHORIZED,
        TOO_LARGE,
        NOT_UNDERSTOOD
    }

    static final Reply NONE = new Reply(Kind.UNREACHABLE, Duration.ZERO);

    static Reply of(int status, Duration retryAfter) {
        return new Reply(kindOf(status), retryAfter);
    }

    private static Kind kindOf(int status) {
        return switch (status) {
            case 200, 201, 202, 204 -> Kind.ACCEPTED;
            case 401, 403 -> Kind.UNAUTHORIZED;
            case 404, 410 -> Kind.UNWANTED;
            case 413 -> Kind.TOO_LARGE;
            case 408, 429, 503 -> Kind.LATER;
            default -> status >= 500 ? Kind.UNREACHABLE : Kind.NOT_UNDERSTOOD;
        };
    }
}
