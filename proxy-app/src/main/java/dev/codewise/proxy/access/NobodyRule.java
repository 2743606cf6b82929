package dev.codewise.proxy.access;

import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Refuses those of whom nobody knows who they are. */
final class NobodyRule implements WebFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return Doorkeeper.callerOf(exchange) == null ? Mono.error(NobodyRule::refusal) : chain.filter(exchange);
    }

    private static AuthenticationCredentialsNotFoundException refusal() {
        return new AuthenticationCredentialsNotFoundException("no credential");
    }
}
