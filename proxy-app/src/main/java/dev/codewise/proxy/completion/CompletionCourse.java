package dev.codewise.proxy.completion;

import dev.codewise.proxy.completion.CompletionEnded.Attempts;
import dev.codewise.proxy.completion.CompletionEnded.Ending;
import dev.codewise.proxy.completion.CompletionEnded.Outcome;
import dev.codewise.proxy.completion.CompletionEnded.Times;
import dev.codewise.proxy.completion.CompletionEnded.Told;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionEvent.Thinking;
import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;
import dev.codewise.proxy.completion.CompletionException.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * How far one request has come: who has it, what the client has received, how it failed so far.
 *
 * <p>Its methods are called in the order of one subscription's signals, never at once; a cancel is the exception and reads
 * only what may be stale by one event. Whatever comes first, end or cancel, is told; the other is not.
 */
final class CompletionCourse implements CompletionEvent.Reader<CompletionCourse> {

    private static final Logger LOG = LoggerFactory.getLogger(CompletionCourse.class);

    private final CompletionRequest request;
    private final Clock clock;
    private final CompletionListener listener;
    private final Instant startedAt;
    private final Set<Answerer> failed = new HashSet<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong bytesGiven = new AtomicLong();
    private volatile Progress progress = Progress.NONE;
    private volatile @Nullable Instant firstPieceAt;
    private volatile boolean refused;

    /** How much of an answer the client has. */
    private enum Received {
        NOTHING,
        SOME,
        ALL
    }

    private record Progress(
            Attempts attempts, Received received, @Nullable CompletionException worst, Told told) {

        static final Progress NONE = new Progress(new Attempts(null, 0), Received.NOTHING, null, Told.NOTHING);

        @Nullable
        Answerer by() {
            return attempts.last();
        }

        boolean movesTo(Answerer other) {
            return attempts.last() != null && !attempts.last().equals(other);
        }

        Progress takenBy(Answerer other, @Nullable Usage soFar) {
            int inVain = attempts.inVain() + (movesTo(other) ? 1 : 0);
            return new Progress(new Attempts(other, inVain), received, worst, told.using(soFar));
        }

        Progress withSome() {
            return received == Received.NOTHING ? new Progress(attempts, Received.SOME, worst, told) : this;
        }

        Progress withAll(Finished end) {
            Usage usage = end.usage() == null ? told.usage() : end.usage();
            return new Progress(
                    attempts, Received.ALL, worst, new Told(usage, end.reason(), end.model(), end.costUsd()));
        }

        Progress using(Usage soFar) {
            return new Progress(attempts, received, worst, told.using(soFar));
        }

        /** A refusal that was handed on as the end of an answer, which the course does not see. */
        Progress refused() {
            var end = new Told(told.usage(), FinishReason.CONTENT_FILTER, told.model(), told.costUsd());
            return new Progress(attempts, received, worst, end);
        }

        Progress after(CompletionException failure) {
            return new Progress(attempts, received, failure, told);
        }
    }

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
        if (progress.movesTo(taken.by())) {
            listener.movedTo(taken.by());
        }
        progress = progress.takenBy(taken.by(), taken.usage());
        return this;
    }

    @Override
    public CompletionCourse thinking(Thinking thinking) {
        return received(thinking.text());
    }

    @Override
    public CompletionCourse text(Text text) {
        return received(text.text());
    }

    @Override
    public CompletionCourse toolCall(ToolCallPiece piece) {
        return received(piece.arguments());
    }

    private CompletionCourse received(String piece) {
        given(Weight.bytes(piece));
        listener.received(progress.by());
        progress = progress.withSome();
        return this;
    }

    /** The client is given something; of the times only the first one is remembered. */
    void given(long bytes) {
        bytesGiven.addAndGet(bytes);
        if (firstPieceAt == null) {
            Instant now = clock.instant();
            firstPieceAt = now;
            listener.begun(progress.by(), Duration.between(startedAt, now));
        }
    }

    @Override
    public CompletionCourse finished(Finished finished) {
        progress = progress.withAll(finished);
        return this;
    }

    /** Nothing, or the failure of an answer that just stops: nobody may take it for a whole one. */
    Mono<CompletionEvent> whatIsMissing() {
        return isFinished() ? Mono.empty() : Mono.error(CompletionException::brokenOff);
    }

    boolean isFinished() {
        return progress.received == Received.ALL;
    }

    /** Somebody has failed, whatever comes of it. */
    void triedInVain(CompletionException failure) {
        failure.spent().ifPresent(usage -> progress = progress.using(usage));
        refused = failure.reason() == Reason.REFUSED;
        if (failure.reason() == Reason.PROVIDER_TIMED_OUT) {
            listener.timedOut(progress.by());
        }
    }

    /** Nothing is spliced: once the client has received something, a failure is the end. So is a defect, at any time. */
    boolean mayGoOn(CompletionException failure) {
        return progress.received == Received.NOTHING && !failure.isFinal();
    }

    /** Those who had the request so far, and failed. */
    Set<Answerer> whoFailed() {
        return Set.copyOf(failed);
    }

    /**
     * Notes who failed, and says whether another like him may try. Nobody may after silence, which has cost its time; and where
     * nobody new has failed, there was nobody left to take the request.
     */
    boolean mayTryAnother(CompletionException failure, int tries) {
        Answerer by = progress.by();
        return by != null && failure.reason() != Reason.PROVIDER_TIMED_OUT && failed.add(by) && failed.size() < tries;
    }

    /** The failure, as what it is where a model has said something already. */
    CompletionException asItCame(CompletionException failure) {
        return progress.received == Received.NOTHING ? failure : failure.onceBegun();
    }

    /** Keeps the failure that says most. */
    void goesOnAfter(CompletionException failure) {
        if (failure.saysMoreThan(progress.worst)) {
            progress = progress.after(failure);
        }
    }

    CompletionException nobodyCouldAnswer() {
        return CompletionException.nobodyCouldAnswer(progress.worst);
    }

    void answered() {
        if (refused && !isFinished()) {
            progress = progress.refused();
        }
        ended(Outcome.ANSWERED, null);
    }

    /** Of an answer that was to be heard to its end, and was not: it was refused, or its client has left. */
    void abandoned() {
        ended(progress.by() == null ? Outcome.FAILED : Outcome.CANCELLED, null);
    }

    void failed(Throwable failure) {
        ended(Outcome.FAILED, failure instanceof CompletionException known ? known.reason() : null);
    }

    /** Who has the whole answer and only does not wait for the end of the stream has been answered. */
    void cancelled() {
        ended(isFinished() ? Outcome.ANSWERED : Outcome.CANCELLED, null);
    }

    private void ended(Outcome outcome, @Nullable Reason failure) {
        if (over.compareAndSet(false, true)) {
            Progress last = progress;
            long cutOffAfter = last.received == Received.ALL ? 0 : bytesGiven.get();
            tell(end(new Ending(outcome, failure, cutOffAfter), last));
        }
    }

    private CompletionEnded end(Ending ending, Progress last) {
        var times = new Times(startedAt, firstPieceAt, clock.instant());
        return new CompletionEnded(request.origin(), request.model(), last.attempts, times, ending, last.told);
    }

    /** The client's answer does not depend on who else wants to know of it. */
    private void tell(CompletionEnded ended) {
        try {
            listener.ended(ended);
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("requestId", request.id())
                    .setCause(e)
                    .log("The end of a request was not taken note of");
        }
    }
}
