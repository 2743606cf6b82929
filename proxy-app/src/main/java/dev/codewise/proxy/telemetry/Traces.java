package dev.codewise.proxy.telemetry;

import dev.codewise.proxy.completion.CompletionEnded;
import dev.codewise.proxy.completion.CompletionEnded.Outcome;
import dev.codewise.proxy.completion.Usage;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.List;
import java.util.Locale;
import org.springframework.context.event.EventListener;

/**
 * Makes the spans: one of a request from its client, from the first to the last byte, and below it one of its completion. The
 * latter is made when it is over, with the times it had, so that nothing is done for a piece of an answer.
 */
final class Traces {

    private static final AttributeKey<List<String>> FINISH_REASONS =
            AttributeKey.stringArrayKey("gen_ai.response.finish_reasons");

    private final Tracer tracer;
    private final ModelNames models;
    private final LatestTraces latest = new LatestTraces();

    Traces(Tracer tracer, ModelNames models) {
        this.tracer = tracer;
        this.models = models;
    }

    Span begin(String method, Context parent, String requestId) {
        Span span = tracer.spanBuilder(method)
                .setParent(parent)
                .setSpanKind(SpanKind.SERVER)
                .setAttribute("codewise.request.id", requestId)
                .startSpan();
        latest.put(requestId, span.getSpanContext());
        return span;
    }

    @EventListener
    void ended(CompletionEnded ended) {
        var deed = new Deed(ended);
        Span span = begin(deed).startSpan();
        if (span.isRecording()) {
            describe(span, deed);
        }
        span.end(ended.endedAt());
    }

    private SpanBuilder begin(Deed deed) {
        return tracer.spanBuilder(
                        deed.operation() + " " + models.of(deed.ended().askedModel()))
                .setParent(latest.contextOf(deed.ended().requestId()))
                .setSpanKind(SpanKind.CLIENT)
                .setStartTimestamp(deed.ended().startedAt())
                .setAttribute("gen_ai.operation.name", deed.operation())
                .setAttribute("gen_ai.provider.name", Deed.PROVIDER)
                .setAttribute("gen_ai.request.model", deed.ended().askedModel());
    }

    /** What is not known is left out: a span takes no attribute without a value. */
    private static void describe(Span span, Deed deed) {
        CompletionEnded ended = deed.ended();
        span.setAttribute("codewise.request.id", ended.requestId());
        span.setAttribute("codewise.provider", deed.way());
        span.setAttribute(
                "codewise.agent.id",
                ended.answeredBy() == null ? null : ended.answeredBy().agent());
        span.setAttribute("gen_ai.response.model", ended.model());
        if (ended.finishReason() != null) {
            span.setAttribute(
                    FINISH_REASONS, List.of(ended.finishReason().name().toLowerCase(Locale.ROOT)));
        }
        if (ended.firstPieceAt() != null) {
            span.addEvent("codewise.first_piece", ended.firstPieceAt());
        }
        if (ended.usage() != null) {
            used(span, ended.usage());
        }
        if (ended.outcome() != Outcome.ANSWERED) {
            span.setAttribute("error.type", deed.error());
        }
        if (ended.outcome() == Outcome.FAILED) {
            span.setStatus(StatusCode.ERROR);
        }
    }

    private static void used(Span span, Usage usage) {
        span.setAttribute("gen_ai.usage.input_tokens", usage.allInput());
        span.setAttribute("gen_ai.usage.output_tokens", usage.output());
        span.setAttribute("gen_ai.usage.cache_read.input_tokens", usage.cacheRead());
        span.setAttribute("gen_ai.usage.cache_creation.input_tokens", usage.cacheWrite());
    }
}
