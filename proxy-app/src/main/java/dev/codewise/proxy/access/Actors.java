package dev.codewise.proxy.access;

import org.springframework.security.core.Authentication;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Knows who is behind a request that was let in. */
public final class Actors {

    private final ClientAddress addresses;

    Actors(ClientAddress addresses) {
        this.addresses = addresses;
    }

    public Mono<Actor> of(ServerWebExchange exchange) {
        return exchange.getPrincipal()
                .ofType(Authentication.class)
                .flatMap(somebody -> Mono.justOrEmpty(somebody.getPrincipal()))
                .ofType(Caller.class)
                .map(caller -> Actor.of(caller, addresses.of(exchange.getRequest())));
    }
}
