package dev.codewise.proxy.ledger;

import dev.codewise.proxy.completion.Answerer;
import dev.codewise.proxy.completion.CompletionEnded;
import dev.codewise.proxy.completion.CompletionEnded.Told;
import dev.codewise.proxy.completion.EndedRequest;
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
        return EndedRequest.named(id).using(usage).build();
    }

    static CompletionEnded thatRan(String id, @Nullable String model, @Nullable BigDecimal costUsd) {
        return EndedRequest.named(id)
                .telling(new Told(null, null, model, costUsd))
                .build();
    }

    static CompletionEnded of(String id, String model, @Nullable Answerer by) {
        return EndedRequest.named(id)
                .asking(model)
                .by(by, 0)
                .at(BEGINNING, null, BEGINNING.plusMillis(1500))
                .build();
    }

    /** As many as one likes, each with an id of its own. */
    static List<CompletionEnded> many(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> called("req_" + number))
                .toList();
    }
}
