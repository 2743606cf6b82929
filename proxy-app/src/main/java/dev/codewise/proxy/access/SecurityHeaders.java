package dev.codewise.proxy.access;

import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Forbids browsers to guess what an answer is, to frame it and to keep it: the same that Spring Security says, in one go instead of
 * in twelve steps.
 */
final class SecurityHeaders implements WebFilter {

    private static final Map<String, String> ALWAYS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "X-XSS-Protection", "0",
            "Referrer-Policy", "no-referrer");

    private static final Map<String, String> NOT_TO_BE_KEPT = Map.of(
            HttpHeaders.CACHE_CONTROL, "no-cache, no-store, max-age=0, must-revalidate",
            HttpHeaders.PRAGMA, "no-cache",
            HttpHeaders.EXPIRES, "0");

    private static final String HTTPS_ONLY = "max-age=31536000 ; includeSubDomains";

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> addTo(exchange)));
        return chain.filter(exchange);
    }

    private static void addTo(ServerWebExchange exchange) {
        HttpHeaders headers = exchange.getResponse().getHeaders();
        ALWAYS.forEach(headers::set);
        if (NOT_TO_BE_KEPT.keySet().stream().noneMatch(headers::containsHeader)) {
            NOT_TO_BE_KEPT.forEach(headers::set);
        }
        if (isEncrypted(exchange.getRequest())) {
            headers.set("Strict-Transport-Security", HTTPS_ONLY);
        }
    }

    private static boolean isEncrypted(ServerHttpRequest request) {
        return "https".equals(request.getURI().getScheme());
    }
}
