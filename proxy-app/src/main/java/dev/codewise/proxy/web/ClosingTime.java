package dev.codewise.proxy.web;

import java.time.Duration;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Refuses what comes on connections that are kept alive, from the moment on in which the web server takes no new ones: it waits for
 * the requests that are under way, not for these, which would be answered when the books are closed.
 */
final class ClosingTime implements WebFilter, SmartLifecycle, Ordered {

    /** Just above that in which the web server begins to stop, so that this comes first. */
    private static final int PHASE = DEFAULT_PHASE - 1024 + 1;

    private static final Duration UNTIL_ANOTHER_IS_THERE = Duration.ofSeconds(2);

    /** From the beginning: the web server listens before this would be started. */
    private volatile boolean open = true;

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return open ? chain.filter(exchange) : refused(exchange);
    }

    private static Mono<Void> refused(ServerWebExchange exchange) {
        exchange.getResponse().getHeaders().set(HttpHeaders.CONNECTION, "close");
        return Mono.error(() -> new RequestRefused(HttpStatus.SERVICE_UNAVAILABLE, "This proxy is being stopped.")
                .retryAfter(UNTIL_ANOTHER_IS_THERE));
    }

    @Override
    public void start() {
        open = true;
    }

    @Override
    public void stop() {
        open = false;
    }

    @Override
    public boolean isRunning() {
        return open;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /** Behind the one that gives every request its id. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 1;
    }
}
