package dev.codewise.proxy.completion;

import static dev.codewise.proxy.completion.CompletionException.Reason.PROVIDER_FAILED;
import static dev.codewise.proxy.completion.CompletionException.Reason.PROVIDER_TIMED_OUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CompletionMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Routing routing = new Routing();
    private final CompletionMetrics metrics = new CompletionMetrics(registry, routing.ended()::add);
    private final ScriptedProvider first = routing.first();
    private final ScriptedProvider second = routing.second();

    @Test
    void countsAnswersTheirPiecesAndTheTimeToTheFirst() {
        first.says("Hel", "lo");
        Provider slow = request ->
                first.complete(request).doOnNext(event -> routing.clock().moves(Duration.ofSeconds(1)));

        routing.routerTelling(metrics, slow).complete(Routing.request("sonnet")).blockLast();

        assertThat(requests("answered", "scripted")).isOne();
        assertThat(registry.get("codewise.requests.chunks")
                        .tag("provider", "scripted")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("codewise.requests.first.chunk")
                        .tag("provider", "scripted")
                        .timer()
                        .totalTime(TimeUnit.SECONDS))
                .isEqualTo(2);
        assertThat(routing.ended()).hasSize(1);
    }

    @Test
    void countsWhatMovesOnOnlyOnceItHasMoved() {
        first.fails(PROVIDER_FAILED);
        second.says("Hello");
        ask();
        first.fails(PROVIDER_FAILED);
        second.isAway();
        ask();

        assertThat(count("codewise.requests.moved", "scripted")).isOne();
        assertThat(requests("failed", "scripted")).isOne();
    }

    @Test
    void countsEachTimeOut() {
        first.fails(PROVIDER_TIMED_OUT);
        second.fails(PROVIDER_TIMED_OUT);

        ask();

        assertThat(count("codewise.requests.timeouts", "scripted")).isEqualTo(2);
    }

    @Test
    void countsWhatNobodyTookAndWhatItsClientLeft() {
        first.isAway();
        second.isAway();
        ask();
        first.stallsAfter("Hel");
        routing.routerTelling(metrics, first)
                .complete(Routing.request("sonnet"))
                .subscribe()
                .dispose();

        assertThat(requests("failed", "none")).isOne();
        assertThat(requests("cancelled", "scripted")).isOne();
    }

    private void ask() {
        routing.routerTelling(metrics, first, second)
                .complete(Routing.request("sonnet"))
                .onErrorComplete()
                .blockLast();
    }

    private long requests(String outcome, String provider) {
        return registry.get("codewise.requests")
                .tags("outcome", outcome, "provider", provider)
                .timer()
                .count();
    }

    private double count(String counter, String provider) {
        return registry.get(counter).tag("provider", provider).counter().count();
    }
}
