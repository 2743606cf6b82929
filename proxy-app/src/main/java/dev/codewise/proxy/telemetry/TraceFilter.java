package dev.codewise.proxy.telemetry;

import dev.codewise.proxy.web.RequestId;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Gives each request under /v1 its span, in the trace that its client says it belongs to. What agents post has none: there would be
 * one for each piece of an answer.
 */
final class TraceFilter implements WebFilter, Ordered {

    private static final W3CTraceContextPropagator PROPAGATOR = W3CTraceContextPropagator.getInstance();
    private static final TextMapGetter<HttpHeaders> GETTER = new FromHeaders();

    private final Traces traces;

    TraceFilter(Traces traces) {
        this.traces = traces;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String path = exchange.getRequest().getPath().value();
        return path.startsWith("/v1/") ? traced(exchange, chain) : chain.filter(exchange);
    }

    private Mono<Void> traced(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        Context parent = PROPAGATOR.extract(Context.root(), request.getHeaders(), GETTER);
        Span span = traces.begin(request.getMethod().name(), parent, RequestId.of(exchange));
        return chain.filter(exchange)
                .doOnSuccess(done -> end(span, exchange))
                .doOnError(failure -> failed(span, exchange))
                .doOnCancel(() -> left(span, exchange));
    }

    /** How a failure is answered is decided only afterwards, unless the answer has begun. */
    private static void failed(Span span, ServerWebExchange exchange) {
        if (exchange.getResponse().isCommitted()) {
            span.setAttribute("error.type", "broken_off").setStatus(StatusCode.ERROR);
            end(span, exchange);
        } else {
            exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> end(span, exchange)));
        }
    }

    private static void left(Span span, ServerWebExchange exchange) {
        span.setAttribute("error.type", "client_disconnected");
        end(span, exchange);
    }

    private static void end(Span span, ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        Object route = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        if (route != null) {
            span.updateName(request.getMethod().name() + " " + route);
            span.setAttribute("http.route", route.toString());
        }
        span.setAttribute("http.request.method", request.getMethod().name());
        span.setAttribute("url.path", request.getPath().value());
        span.setAttribute("url.scheme", request.getURI().getScheme());
        describe(span, exchange.getResponse().getStatusCode());
        span.end();
    }

    private static void describe(Span span, @Nullable HttpStatusCode status) {
        if (status == null) {
            return;
        }
        span.setAttribute("http.response.status_code", status.value());
        if (status.is5xxServerError()) {
            span.setAttribute("error.type", String.valueOf(status.value())).setStatus(StatusCode.ERROR);
        }
    }

    /** Right after the request has got its name. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 1;
    }

    private static final class FromHeaders implements TextMapGetter<HttpHeaders> {

        @Override
        public Iterable<String> keys(HttpHeaders headers) {
            return headers.headerNames();
        }

        @Override
        public @Nullable String get(@Nullable HttpHeaders headers, String key) {
            return headers == null ? null : headers.getFirst(key);
        }
    }
}
