package dev.codewise.proxy.status.server;

import java.time.Duration;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Gives up a body that stops coming, and one that is not complete in time. Only what an agent streams may take as long
 * as its CLI speaks: it sends an empty line now and then. While the proxy itself does not read on, since the client is slow, the
 * agent is not the one who is late.
 */
final class BodyDeadline implements WebFilter, Ordered {

    private final Duration pause;
    private final Duration whole;

    BodyDeadline(Duration pause, Duration whole) {
        this.pause = pause;
        this.whole = whole;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var limited = new Limited(exchange.getRequest());
        return chain.filter(exchange.mutate().request(limited).build());
    }

    /** Right after the request has its id. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 1;
    }

    private static boolean isStreamed(ServerHttpRequest request) {
        return String.valueOf(request.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE))
                .startsWith(MediaType.APPLICATION_NDJSON_VALUE);
    }

    private static <T> Mono<T> tooLate() {
        return Mono.error(() ->
                new ResponseStatusException(HttpStatus.REQUEST_TIMEOUT, "The request's body did not come in time."));
    }

    private final class Limited extends ServerHttpRequestDecorator {

        private Limited(ServerHttpRequest request) {
            super(request);
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return isStreamed(this)
                    ? Patience.with(super.getBody(), pause, tooLate())
                    : Flux.defer(() -> whole(super.getBody(), System.nanoTime() + whole.toNanos()));
        }

        /** As one time-out, for that cancels what it gives up; to be told to stop by something beside it would not. */
        private Flux<DataBuffer> whole(Flux<DataBuffer> body, long until) {
            return body.timeout(pause(until), piece -> pause(until), tooLate());
        }

        private Mono<Long> pause(long until) {
            return Mono.defer(() -> Mono.delay(shorter(pause, Duration.ofNanos(until - System.nanoTime()))));
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
