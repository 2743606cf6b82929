package dev.codewise.agent.claude;

import dev.codewise.agent.claude.ClaudeException.Kind;
import java.util.function.BooleanSupplier;

/** What is said to claude for one answer, and waited for; fails as stopped where claude was. */
final class Dialogue {

    private final ClaudeProcess process;
    private final Exchange exchange;
    private final Progress progress;
    private final Failures failures;
    private final BooleanSupplier stopped;

    Dialogue(ClaudeProcess process, Exchange exchange, Progress progress, Failures failures, BooleanSupplier stopped) {
        this.process = process;
        this.exchange = exchange;
        this.progress = progress;
        this.failures = failures;
        this.stopped = stopped;
    }

    Progress progress() {
        return progress;
    }

    void say(byte[] line) {
        process.send(line);
    }

    void await(BooleanSupplier condition) throws InterruptedException {
        if (!exchange.await(condition)) {
            throw stopped.getAsBoolean() ? stopped() : failures.exited(process);
        }
    }

    /** For a moment only, and without a failure: false where it has not come by then. */
    boolean awaitSoon(BooleanSupplier condition) throws InterruptedException {
        return exchange.awaitSoon(condition);
    }

    /** Of the turn that has just ended. */
    void requireSuccess() {
        var turn = progress.turn();
        if (turn != null && turn.isError()) {
            throw stopped.getAsBoolean() ? stopped() : failures.of(turn, progress);
        }
    }

    static ClaudeException stopped() {
        return new ClaudeException(Kind.STOPPED, "the run was stopped");
    }
}
