package dev.codewise.proxy.completion;

import dev.codewise.proxy.completion.CompletionEnded.Outcome;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionException.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far one request has come: who has it, whether the client has received anything, how it failed so far.
 *
 * <p>Its methods are called in the order of one subscription's signals, never at once; a cancel is the exception and reads
 * only what may be stale by one event.
 */
final class CompletionCourse implements CompletionEvent.Reader<CompletionCourse> {

    private static final Duration SOON = Duration.ofSeconds(2);

    private final CompletionRequest request;
    private final Clock clock;
    private final CompletionListener listener;
    private final Instant startedAt;
    private volatile Progress progress = new Progress(null, false, null);

    private record Progress(
            @Nullable Answerer by, boolean begun, @Nullable CompletionException worst) {}

    CompletionCourse(CompletionRequest request, Clock clock, CompletionListener listener) {
        this.request = request;
        this.clock = clock;
        this.listener = listener;
        this.startedAt = clock.instant();
    }

    void happened(CompletionEvent event) {
        event.tell(this);
    }

    @Override
    public CompletionCourse taken(Taken taken) {
        progress = new Progress(taken.by(), progress.begun, progress.worst);
        return this;
    }

    @Override
    public CompletionCourse text(Text text) {
        return begun();
    }

    @Override
    public CompletionCourse finished(Finished finished) {
        return begun();
    }

    private CompletionCourse begun() {
        if (!progress.begun) {
            progress = new Progress(progress.by, true, progress.worst);
        }
        return this;
    }

    /** Nothing is spliced: once the client has received something, a failure is the end. */
    boolean mayGoOn(Throwable failure) {
        if (progress.begun || !(failure instanceof CompletionException known) || known.isFinal()) {
            return false;
        }
        if (known.reason() != Reason.PROVIDER_UNAVAILABLE || progress.worst == null) {
            progress = new Progress(progress.by, false, known);
        }
        return true;
    }

    /** The failure that says most: one that was tried and failed rather than one that was not there. */
    CompletionException nobodyCouldAnswer() {
        var worst = progress.worst;
        return worst == null ? CompletionRouter.nobody().retryAfter(SOON) : worst;
    }

    void answered() {
        ended(Outcome.ANSWERED);
    }

    void failed(Throwable failure) {
        ended(Outcome.FAILED);
    }

    void cancelled() {
        ended(Outcome.CANCELLED);
    }

    private void ended(Outcome outcome) {
        listener.ended(
                new CompletionEnded(request.id(), request.model(), progress.by, startedAt, clock.instant(), outcome));
    }
}
