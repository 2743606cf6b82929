package dev.codewise.proxy.access;

import dev.codewise.proxy.web.RequestRefused;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.EndpointRequest;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.MatcherSecurityWebFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/** The doors of this proxy, in the order in which a request tries them; the last one leads nowhere. */
final class SecurityChains {

    private SecurityChains() {}

    /** Three endpoints for whoever reaches the management port, nothing else there. */
    static SecurityWebFilterChain management(ServerHttpSecurity http) {
        return nowhereElse(http)
                .securityMatcher(SecurityChains::onManagementPort)
                .authorizeExchange(rules -> rules.matchers(EndpointRequest.to("health", "info", "prometheus"))
                        .permitAll()
                        .anyExchange()
                        .denyAll())
                .build();
    }

    /** Browsers do not come here, so nothing is said to them. */
    static SecurityWebFilterChain agents(WebFilter hostRule, WebFilter agentDoor) {
        return door(List.of("/api/agent/connect", "/api/agent/response"), hostRule, agentDoor);
    }

    /** How the proxy is, for whoever asks. */
    static SecurityWebFilterChain health(ServerHttpSecurity http, WebFilter corsRule, WebFilter hostRule) {
        return browsable(http, corsRule, hostRule)
                .securityMatcher(ServerWebExchangeMatchers.pathMatchers("/api/health"))
                .authorizeExchange(rules -> rules.anyExchange().permitAll())
                .build();
    }

    /** What a key may be used for is in its scopes. */
    static SecurityWebFilterChain clients(WebFilter corsRule, WebFilter hostRule, WebFilter clientDoor) {
        return door(
                List.of("/v1/**", "/api/**"),
                new SecurityHeaders(),
                hostRule,
                corsRule,
                clientDoor,
                new NobodyRule(),
                new ScopeRule());
    }

    /**
     * A door with these rules and nothing else. A builder adds seven filters for sessions, log-ins and the like, and each would cost
     * time with every piece of an answer that an agent posts, and memory with every answer that is under way.
     */
    private static SecurityWebFilterChain door(List<String> paths, WebFilter... rules) {
        WebFilter all = Stream.of(rules).reduce(SecurityChains::inFront).orElseThrow();
        return new MatcherSecurityWebFilterChain(
                ServerWebExchangeMatchers.pathMatchers(paths.toArray(String[]::new)), List.of(all));
    }

    private static WebFilter inFront(WebFilter first, WebFilter second) {
        return (exchange, inside) -> first.filter(exchange, passed -> second.filter(passed, inside));
    }

    /** Some clients knock before they ask; that this is a web server is all that they learn. */
    static SecurityWebFilterChain knock(ServerHttpSecurity http, WebFilter hostRule) {
        return signalling(http)
                .securityMatcher(ServerWebExchangeMatchers.pathMatchers(HttpMethod.HEAD, "/"))
                .addFilterBefore(hostRule, SecurityWebFiltersOrder.CORS)
                .authorizeExchange(rules -> rules.anyExchange().permitAll())
                .build();
    }

    static SecurityWebFilterChain nothingElse(ServerHttpSecurity http) {
        return nowhereElse(http)
                .authorizeExchange(rules -> rules.anyExchange().denyAll())
                .build();
    }

    private static ServerHttpSecurity browsable(ServerHttpSecurity http, WebFilter corsRule, WebFilter hostRule) {
        return signalling(http)
                .addFilterBefore(hostRule, SecurityWebFiltersOrder.CORS)
                .addFilterAt(corsRule, SecurityWebFiltersOrder.CORS);
    }

    /** No cookies, so no sessions and nothing to forge; what fails is told to the edges, which know the shape of the answer. */
    private static ServerHttpSecurity signalling(ServerHttpSecurity http) {
        return stateless(http)
                .exceptionHandling(failures -> failures.authenticationEntryPoint((exchange, e) -> Mono.error(e))
                        .accessDeniedHandler((exchange, e) -> Mono.error(e)));
    }

    /** What is not served is not there, whatever credential comes with it. */
    private static ServerHttpSecurity nowhereElse(ServerHttpSecurity http) {
        return stateless(http)
                .exceptionHandling(failures -> failures.authenticationEntryPoint((exchange, e) -> notThere())
                        .accessDeniedHandler((exchange, e) -> notThere()));
    }

    private static ServerHttpSecurity stateless(ServerHttpSecurity http) {
        return http.securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .requestCache(ServerHttpSecurity.RequestCacheSpec::disable);
    }

    private static Mono<Void> notThere() {
        return Mono.error(() -> new RequestRefused(HttpStatus.NOT_FOUND, "Nothing is served at this path."));
    }

    private static Mono<MatchResult> onManagementPort(ServerWebExchange exchange) {
        return WebServerApplicationContext.hasServerNamespace(exchange.getApplicationContext(), "management")
                ? MatchResult.match()
                : MatchResult.notMatch();
    }
}
