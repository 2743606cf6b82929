package dev.codewise.agent.run;

import dev.codewise.protocol.RunError;

/** A request that claude need not even be started for. */
final class RejectedRequestException extends RuntimeException {

    private final transient RunError error;

    RejectedRequestException(RunError error) {
        super(error.message());
        this.error = error;
    }

    RunError error() {
        return error;
    }
}
