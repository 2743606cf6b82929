package dev.codewise.proxy.completion;

import dev.codewise.proxy.completion.CompletionEnded.Attempts;
import dev.codewise.proxy.completion.CompletionEnded.Ending;
import dev.codewise.proxy.completion.CompletionEnded.Outcome;
import dev.codewise.proxy.completion.CompletionEnded.Times;
import dev.codewise.proxy.completion.CompletionEnded.Told;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A request that is over, for tests, with what matters to them; by itself, sonnet's answer of an instant by nobody. */
public record EndedRequest(Origin origin, String model, Attempts attempts, Times times, Ending ending, Told told) {

    private static final Instant BEGINNING = Instant.parse("2026-01-02T03:04:05.678901Z");

    public static EndedRequest named(String id) {
        return new EndedRequest(
                Origins.origin(id),
                "sonnet",
                new Attempts(null, 0),
                new Times(BEGINNING, null, BEGINNING),
                new Ending(Outcome.ANSWERED, null, 0),
                Told.NOTHING);
    }

    public EndedRequest from(Origin other) {
        return new EndedRequest(other, model, attempts, times, ending, told);
    }

    public EndedRequest asking(String other) {
        return new EndedRequest(origin, other, attempts, times, ending, told);
    }

    public EndedRequest by(@Nullable Answerer answerer, int inVain) {
        return new EndedRequest(origin, model, new Attempts(answerer, inVain), times, ending, told);
    }

    public EndedRequest at(Instant startedAt, @Nullable Instant firstPieceAt, Instant endedAt) {
        return new EndedRequest(origin, model, attempts, new Times(startedAt, firstPieceAt, endedAt), ending, told);
    }

    public EndedRequest ended(Outcome outcome) {
        return new EndedRequest(origin, model, attempts, times, new Ending(outcome, null, 0), told);
    }

    public EndedRequest cutOffAfter(long bytes) {
        return new EndedRequest(origin, model, attempts, times, new Ending(Outcome.CANCELLED, null, bytes), told);
    }

    public EndedRequest telling(Told other) {
        return new EndedRequest(origin, model, attempts, times, ending, other);
    }

    public EndedRequest using(@Nullable Usage usage) {
        return telling(new Told(usage, null, null, null));
    }

    public CompletionEnded build() {
        return new CompletionEnded(origin, model, attempts, times, ending, told);
    }
}
