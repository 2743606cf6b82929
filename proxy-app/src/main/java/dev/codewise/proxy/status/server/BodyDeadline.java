package dev.codewise.proxy.status.server;

import java.time.Duration;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
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

/** Gives every body a time to be complete, but those that an agent streams for as long as its CLI speaks. */
final class BodyDeadline implements WebFilter, Ordered {

    private final Duration limit;

    BodyDeadline(Duration limit) {
        this.limit = limit;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return chain.filter(isStreamed(exchange.getRequest()) ? exchange : limited(exchange));
    }

    private static boolean isStreamed(ServerHttpRequest request) {
        return String.valueOf(request.getHeaders().getFirst("content-type"))
                .startsWith(MediaType.APPLICATION_NDJSON_VALUE);
    }

    private ServerWebExchange limited(ServerWebExchange exchange) {
        return exchange.mutate().request(new Limited(exchange.getRequest())).build();
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 1;
    }

    private final class Limited extends ServerHttpRequestDecorator {

        private Limited(ServerHttpRequest request) {
            super(request);
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return super.getBody().takeUntilOther(Mono.delay(limit).then(Mono.error(BodyDeadline.this::tooLate)));
        }
    }

    private ResponseStatusException tooLate() {
        return new ResponseStatusException(
                HttpStatus.REQUEST_TIMEOUT, "The request's body was not complete after " + limit.toSeconds() + " s.");
    }
}
