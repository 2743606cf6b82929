package dev.codewise.agent.run;

import dev.codewise.protocol.RunError;
import dev.codewise.protocol.RunErrorCode;

/** A request that claude need not even be started for. */
final class RejectedRequestException extends RuntimeException {

    private final transient RunError error;

    RejectedRequestException(RunError error) {
        super(error.message());
        this.error = error;
    }

    /** For a request that is none, to whomever it is handed. */
    static RejectedRequestException invalid(String reason) {
        return new RejectedRequestException(RunError.of(RunErrorCode.INVALID_REQUEST, reason));
    }

    RunError error() {
        return error;
    }
}
