package dev.codewise.proxy.completion;

import dev.codewise.proxy.completion.CompletionEnded.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Counts what becomes of requests, by outcome and provider and by nothing that clients or agents could choose, and tells it on. */
final class CompletionMetrics implements CompletionListener {

    private static final String NOBODY = "none";

    private final MeterRegistry registry;
    private final CompletionListener next;
    private final Map<String, Counter> pieces = new ConcurrentHashMap<>();

    CompletionMetrics(MeterRegistry registry, CompletionListener next) {
        this.registry = registry;
        this.next = next;
        beginAtZero();
    }

    /** So that whoever watches knows a meter before there is anything to count. */
    private void beginAtZero() {
        for (Outcome outcome : Outcome.values()) {
            requests(outcome, NOBODY);
        }
        firstPiece(NOBODY);
        pieces(NOBODY);
        moved(NOBODY);
        timeouts(NOBODY);
    }

    @Override
    public void ended(CompletionEnded completion) {
        requests(completion.outcome(), provider(completion.answeredBy()))
                .record(Duration.between(completion.startedAt(), completion.endedAt()));
        next.ended(completion);
    }

    @Override
    public void begun(@Nullable Answerer by, Duration after) {
        firstPiece(provider(by)).record(after);
    }

    @Override
    public void received(@Nullable Answerer by) {
        pieces.computeIfAbsent(provider(by), this::pieces).increment();
    }

    @Override
    public void movedTo(Answerer next) {
        moved(next.provider()).increment();
    }

    @Override
    public void timedOut(@Nullable Answerer who) {
        timeouts(provider(who)).increment();
    }

    private static String provider(@Nullable Answerer who) {
        return who == null ? NOBODY : who.provider();
    }

    private Timer requests(Outcome outcome, String provider) {
        return Timer.builder("codewise.requests")
                .description("Requests that are over, and how long each took")
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .tag("provider", provider)
                .register(registry);
    }

    private Timer firstPiece(String provider) {
        return Timer.builder("codewise.requests.first.chunk")
                .description("From the request to the first piece of its answer")
                .tag("provider", provider)
                .register(registry);
    }

    private Counter pieces(String provider) {
        return counter("codewise.requests.chunks", "Pieces of answers that clients were given", provider);
    }

    private Counter moved(String provider) {
        return counter("codewise.requests.moved", "Requests that went on to another agent or provider", provider);
    }

    private Counter timeouts(String provider) {
        return counter("codewise.requests.timeouts", "Times that somebody took too long", provider);
    }

    private Counter counter(String name, String description, String provider) {
        return Counter.builder(name)
                .description(description)
                .tag("provider", provider)
                .register(registry);
    }
}
