package dev.codewise.proxy.access;

import dev.codewise.protocol.Protocol;
import java.util.List;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Lets in agents: with the secret that they share, or with a token, under its own agent's name only. */
final class AgentDoor implements WebFilter {

    private final Badges badges;
    private final Guesses guesses;

    AgentDoor(Badges badges, Guesses guesses) {
        this.badges = badges;
        this.guesses = guesses;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        Credentials presented = Credentials.bearer(request.getHeaders());
        if (presented.isNone()) {
            return Mono.error(new AuthenticationCredentialsNotFoundException("no credential"));
        }
        List<String> names = request.getHeaders().getOrEmpty(Protocol.AGENT_ID);
        return presented
                .open(badges::shown)
                .filter(badge -> badge.isFor(names))
                .map(badge -> letIn(badge, exchange, chain))
                .orElseGet(() -> Mono.error(guesses.refuse(request)));
    }

    private static Mono<Void> letIn(Badge badge, ServerWebExchange exchange, WebFilterChain chain) {
        badge.showOn(exchange);
        return chain.filter(exchange);
    }
}
