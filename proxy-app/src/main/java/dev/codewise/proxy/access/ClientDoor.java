package dev.codewise.proxy.access;

import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Knows who calls: by their key; or, where none is asked for, because nobody but this machine comes as far as here. */
final class ClientDoor implements WebFilter {

    private final FrontDoor door;
    private final Doorkeeper doorkeeper;

    ClientDoor(FrontDoor door, Doorkeeper doorkeeper) {
        this.door = door;
        this.doorkeeper = doorkeeper;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return door.settled().then(Mono.defer(() -> letIn(exchange, chain)));
    }

    private Mono<Void> letIn(ServerWebExchange exchange, WebFilterChain chain) {
        return door.asksForKey()
                ? doorkeeper.filter(exchange, chain)
                : chain.filter(Doorkeeper.withCaller(exchange, Caller.NEIGHBOUR));
    }
}
