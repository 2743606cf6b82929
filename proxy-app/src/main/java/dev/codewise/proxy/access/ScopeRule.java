package dev.codewise.proxy.access;

import org.springframework.http.server.PathContainer;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/** Refuses what the caller's key may not be used for. */
final class ScopeRule implements WebFilter {

    private static final PathPattern MODELS = PathPatternParser.defaultInstance.parse("/v1/**");
    private static final PathPattern STATUS = PathPatternParser.defaultInstance.parse("/api/agent/status");

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        Caller caller = Doorkeeper.callerOf(exchange);
        Scope needed = neededAt(exchange.getRequest().getPath().pathWithinApplication());
        return caller != null && caller.may(needed) ? chain.filter(exchange) : Mono.error(ScopeRule::refusal);
    }

    private static Scope neededAt(PathContainer path) {
        if (MODELS.matches(path)) {
            return Scope.COMPLETIONS;
        }
        return STATUS.matches(path) ? Scope.AGENTS_READ : Scope.ADMIN;
    }

    private static AccessDeniedException refusal() {
        return new AccessDeniedException("not in the scopes of the key");
    }
}
