package dev.codewise.proxy.access;

import dev.codewise.proxy.web.RequestRefused;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Refuses, while no key is asked for, what a web page sends here under its own name (DNS rebinding). */
final class HostRule implements WebFilter {

    private final FrontDoor door;

    HostRule(FrontDoor door) {
        this.door = door;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var given = exchange.getRequest().getHeaders().getOrEmpty(HttpHeaders.HOST);
        return door.admits(given) ? chain.filter(exchange) : Mono.error(HostRule::refusal);
    }

    private static RequestRefused refusal() {
        return new RequestRefused(
                HttpStatus.FORBIDDEN,
                "This proxy asks for no key, so it answers only to localhost and 127.0.0.1, in the URL and the Host header."
                        + " To serve other names, set CODEWISE_API_KEY.");
    }
}
