package dev.codewise.proxy.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.completion.Answerer;
import dev.codewise.proxy.completion.Client;
import dev.codewise.proxy.completion.CompletionEnded;
import dev.codewise.proxy.completion.CompletionEnded.Attempts;
import dev.codewise.proxy.completion.CompletionEnded.Ending;
import dev.codewise.proxy.completion.CompletionEnded.Outcome;
import dev.codewise.proxy.completion.CompletionEnded.Times;
import dev.codewise.proxy.completion.CompletionEnded.Told;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.completion.FinishReason;
import dev.codewise.proxy.completion.Origin;
import dev.codewise.proxy.completion.Surface;
import dev.codewise.proxy.completion.Usage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GenAiMetricsTest {

    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final GenAiMetrics metrics = new GenAiMetrics(registry, new ModelNames());

    @Test
    void measuresAnAnswerFromItsEnd() {
        metrics.ended(answered("claude-sonnet-5", Surface.CHAT));

        assertThat(registry.get("gen_ai.client.operation.duration")
                        .tags("gen_ai.request.model", "claude-sonnet-5", "gen_ai.operation.name", "chat")
                        .tags("codewise.provider", "agent", "error.type", "")
                        .timer()
                        .totalTime(TimeUnit.SECONDS))
                .isEqualTo(7);
        assertThat(registry.get("gen_ai.server.time_to_first_token").timer().totalTime(TimeUnit.SECONDS))
                .isEqualTo(2);
        assertThat(registry.get("gen_ai.server.time_per_output_token").timer().totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(500);
        assertThat(tokens("input")).isEqualTo(111);
        assertThat(tokens("output")).isEqualTo(11);
    }

    @Test
    void tellsOfTheOldCompletionsByTheirOwnName() {
        metrics.ended(answered("sonnet", Surface.COMPLETIONS));

        assertThat(registry.get("gen_ai.client.operation.duration")
                        .tag("gen_ai.operation.name", "text_completion")
                        .timer()
                        .count())
                .isOne();
    }

    @Test
    void givesNoSeriesToWhatClientsMakeUp() {
        IntStream.range(0, 1000).forEach(i -> metrics.ended(failed("claude-" + i, Reason.UNKNOWN_MODEL)));

        assertThat(registry.get("gen_ai.client.operation.duration").timers())
                .singleElement()
                .satisfies(timer -> {
                    assertThat(timer.count()).isEqualTo(1000);
                    assertThat(timer.getId().getTag("gen_ai.request.model")).isEqualTo("other");
                    assertThat(timer.getId().getTag("error.type")).isEqualTo("unknown_model");
                });
        assertThat(registry.find("gen_ai.server.time_to_first_token").timers()).isEmpty();
    }

    @Test
    void givesOnlySoManyNamesASeriesEvenWhereAgentsAnswerToAll() {
        IntStream.range(0, 1000).forEach(i -> metrics.ended(answered("claude-" + i, Surface.CHAT)));

        assertThat(registry.get("gen_ai.client.operation.duration").timers()).hasSizeLessThanOrEqualTo(51);
    }

    @Test
    void saysOfAFailureWithoutAReasonOnlyThatItIsOne() {
        metrics.ended(failed("sonnet", null));

        assertThat(registry.get("gen_ai.client.operation.duration")
                        .tag("error.type", "_OTHER")
                        .timer()
                        .count())
                .isOne();
    }

    private double tokens(String type) {
        return registry.get("gen_ai.client.token.usage")
                .tag("gen_ai.token.type", type)
                .summary()
                .totalAmount();
    }

    private static CompletionEnded answered(String model, Surface surface) {
        return new CompletionEnded(
                new Origin("req_a", surface, Client.named("ada")),
                model,
                new Attempts(new Answerer("agent", "laptop"), 0),
                new Times(START, START.plusSeconds(2), START.plusSeconds(7)),
                new Ending(Outcome.ANSWERED, null, 0),
                new Told(new Usage(1, 11, 100, 10, 0), FinishReason.STOP, model, null));
    }

    private static CompletionEnded failed(String model, @Nullable Reason reason) {
        return new CompletionEnded(
                new Origin("req_a", Surface.CHAT, Client.named("ada")),
                model,
                new Attempts(null, 0),
                new Times(START, null, START.plusSeconds(1)),
                new Ending(Outcome.FAILED, reason, 0),
                Told.NOTHING);
    }
}
