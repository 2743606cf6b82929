package dev.codewise.proxy.telemetry;

import dev.codewise.proxy.completion.CompletionEnded;
import dev.codewise.proxy.completion.CompletionEnded.Outcome;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.stream.DoubleStream;
import org.springframework.context.event.EventListener;

/**
 * The meters that OpenTelemetry's conventions for generative AI name, with the buckets they prescribe. Each request counts once,
 * at its end; no label holds what a client or an agent could make up.
 */
final class GenAiMetrics {

    static final String TOKEN_USAGE = "gen_ai.client.token.usage";

    private static final double[] TOKENS =
            DoubleStream.iterate(1, tokens -> tokens * 4).limit(14).toArray();
    private static final Duration[] DURATIONS =
            seconds(0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);
    private static final Duration[] FIRST_TOKENS =
            seconds(0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10);
    private static final Duration[] NEXT_TOKENS =
            seconds(0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5);

    private final MeterRegistry registry;
    private final ModelNames models;

    GenAiMetrics(MeterRegistry registry, ModelNames models) {
        this.registry = registry;
        this.models = models;
    }

    private static Duration[] seconds(double... seconds) {
        return DoubleStream.of(seconds)
                .mapToObj(each -> Duration.ofNanos(Math.round(each * 1e9)))
                .toArray(Duration[]::new);
    }

    @EventListener
    void ended(CompletionEnded ended) {
        if (ended.outcome() == Outcome.ANSWERED) {
            models.answered(ended.askedModel());
            models.answered(ended.model());
        }
        record(new Deed(ended));
    }

    private void record(Deed deed) {
        var tags = tagsOf(deed);
        timer("gen_ai.client.operation.duration", "From a request to the end of its answer", DURATIONS)
                .tags(tags.and("error.type", deed.error()))
                .register(registry)
                .record(deed.duration());
        deed.toFirstToken().ifPresent(time -> firstToken(tags).record(time));
        deed.perOutputToken().ifPresent(time -> nextToken(tags).record(time));
        var usage = deed.ended().usage();
        if (usage != null) {
            tokens("input", tags).record((double) usage.allInput());
            tokens("output", tags).record((double) usage.output());
        }
    }

    private Tags tagsOf(Deed deed) {
        return Tags.of(
                "gen_ai.operation.name", deed.operation(),
                "gen_ai.provider.name", Deed.PROVIDER,
                "gen_ai.request.model", models.of(deed.ended().askedModel()),
                "gen_ai.response.model", models.of(deed.ended().model()),
                "codewise.provider", deed.way());
    }

    private Timer firstToken(Tags tags) {
        return timer(
                        "gen_ai.server.time_to_first_token",
                        "From a request to the first piece of a whole answer",
                        FIRST_TOKENS)
                .tags(tags)
                .register(registry);
    }

    private Timer nextToken(Tags tags) {
        return timer("gen_ai.server.time_per_output_token", "What each token took after the first one", NEXT_TOKENS)
                .tags(tags)
                .register(registry);
    }

    private static Timer.Builder timer(String name, String description, Duration... buckets) {
        return Timer.builder(name).description(description).serviceLevelObjectives(buckets);
    }

    private DistributionSummary tokens(String type, Tags tags) {
        return DistributionSummary.builder(TOKEN_USAGE)
                .description("Tokens that requests took")
                .serviceLevelObjectives(TOKENS)
                .tags(tags.and("gen_ai.token.type", type))
                .register(registry);
    }
}
