package dev.codewise.proxy.telemetry;

import dev.codewise.proxy.web.TraceIds;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The spans of the latest requests by their names. A completion finds the span above it here, also one that goes on after its
 * request is over.
 */
final class LatestTraces {

    private static final int MOST = 10_000;

    private final Map<String, SpanContext> spans = new ForgetfulMap();

    synchronized void put(String requestId, SpanContext span) {
        spans.put(requestId, span);
        TraceIds.note(requestId, span.getTraceId());
    }

    /** The span of the request as a parent, or none. */
    synchronized Context contextOf(String requestId) {
        SpanContext span = spans.getOrDefault(requestId, SpanContext.getInvalid());
        return Context.root().with(Span.wrap(span));
    }

    /** A class of its own only because that is how the JDK bounds a map. */
    private static final class ForgetfulMap extends LinkedHashMap<String, SpanContext> {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SpanContext> eldest) {
            return size() > MOST;
        }
    }
}
