package dev.codewise.agent.claude;

import dev.codewise.agent.claude.ClaudeException.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Reads what claude prints until something awaited has come, within the patience there is. */
final class Exchange {

    private static final Patience MOMENT = new Patience(ClaudeProcess.GRACE, ClaudeProcess.GRACE);

    private final ClaudeProcess process;
    private final LineParser parser;
    private final Progress progress;
    private final Duration silence;
    private final long totalNanos;
    private final long started = System.nanoTime();

    Exchange(ClaudeProcess process, LineParser parser, Progress progress, Patience patience) {
        this.process = process;
        this.parser = parser;
        this.progress = progress;
        this.silence = patience.silence();
        this.totalNanos = patience.total().toNanos();
    }

    /** Returns false when claude's output has ended before. */
    boolean await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            var line = next();
            if (line.isEmpty()) {
                return false;
            }
            progress.heard();
            parser.parse(line.get()).ifPresent(known -> known.tell(progress));
        }
        return true;
    }

    /** The same, but only for a moment; false too where it has not come by then. */
    boolean awaitSoon(BooleanSupplier condition) throws InterruptedException {
        try {
            return new Exchange(process, parser, progress, MOMENT).await(condition);
        } catch (ClaudeException e) {
            return false;
        }
    }

    private Optional<byte[]> next() throws InterruptedException {
        var left = Duration.ofNanos(Math.max(0, totalNanos - (System.nanoTime() - started)));
        var isLast = left.compareTo(silence) < 0;
        try {
            return process.stdout().next(isLast ? left : silence);
        } catch (TimeoutException e) {
            throw isLast
                    ? new ClaudeException(Kind.TOOK_TOO_LONG, "the answer took longer than the request allows")
                    : new ClaudeException(Kind.SILENT, "claude was silent for " + silence.toSeconds() + " s");
        }
    }
}
