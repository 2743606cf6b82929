package dev.codewise.proxy.ledger;

import dev.codewise.proxy.completion.Answerer;
import dev.codewise.proxy.completion.CompletionEnded;
import dev.codewise.proxy.completion.CompletionEnded.Outcome;
import dev.codewise.proxy.completion.Origins;
import dev.codewise.proxy.completion.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Requests that are over, for tests to enter. */
final class CompletionsEnded {

    private static final Instant BEGINNING = Instant.parse("2026-01-02T03:04:05.678901Z");

    private CompletionsEnded() {}

    static CompletionEnded called(String id) {
        return of(id, "sonnet", new Answerer("agent", "laptop"));
    }

    static CompletionEnded thatUsed(String id, @Nullable Usage usage) {
        return new CompletionEnded(
                Origins.origin(id),
                "sonnet",
                null,
                BEGINNING,
                BEGINNING,
                Outcome.ANSWERED,
                usage,
                null,
                null,
                null,
                null,
                null);
    }

    static CompletionEnded thatRan(String id, @Nullable String model, @Nullable BigDecimal costUsd) {
        return new CompletionEnded(
                Origins.origin(id),
                "sonnet",
                null,
                BEGINNING,
                BEGINNING,
                Outcome.ANSWERED,
                null,
                model,
                costUsd,
                null,
                null,
                null);
    }

    static CompletionEnded of(String id, String model, @Nullable Answerer by) {
        return new CompletionEnded(
                Origins.origin(id),
                model,
                by,
                BEGINNING,
                BEGINNING.plusMillis(1500),
                Outcome.ANSWERED,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** As many as one likes, each with an id of its own. */
    static List<CompletionEnded> many(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> called("req_" + number))
                .toList();
    }
}
