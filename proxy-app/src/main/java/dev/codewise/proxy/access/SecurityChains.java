package dev.codewise.proxy.access;

import dev.codewise.proxy.web.RequestRefused;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.EndpointRequest;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.AuthorizeExchangeSpec;
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

    static SecurityWebFilterChain agents(ServerHttpSecurity http, WebFilter hostRule, WebFilter doorkeeper) {
        return signalling(http)
                .securityMatcher(ServerWebExchangeMatchers.pathMatchers("/api/agent/connect", "/api/agent/response"))
                .addFilterBefore(hostRule, SecurityWebFiltersOrder.CORS)
                .addFilterAt(doorkeeper, SecurityWebFiltersOrder.AUTHENTICATION)
                .authorizeExchange(rules -> rules.anyExchange().authenticated())
                .build();
    }

    /** Asks for a key. */
    static SecurityWebFilterChain locked(ServerHttpSecurity http, WebFilter corsRule, WebFilter doorkeeper) {
        return clients(http, corsRule)
                .addFilterAt(doorkeeper, SecurityWebFiltersOrder.AUTHENTICATION)
                .authorizeExchange(rules -> healthFirst(rules).anyExchange().authenticated())
                .build();
    }

    /** Asks for none, to programs of this machine, once it is known that there is none. */
    static SecurityWebFilterChain open(
            ServerHttpSecurity http, WebFilter corsRule, WebFilter hostRule, KnownKeys keys) {
        return clients(http, corsRule)
                .addFilterBefore(hostRule, SecurityWebFiltersOrder.CORS)
                .authorizeExchange(rules -> healthFirst(rules).anyExchange().access((nobody, request) -> granted(keys)))
                .build();
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

    private static ServerHttpSecurity clients(ServerHttpSecurity http, WebFilter corsRule) {
        return signalling(http)
                .securityMatcher(ServerWebExchangeMatchers.pathMatchers("/v1/**", "/api/**"))
                .addFilterAt(corsRule, SecurityWebFiltersOrder.CORS);
    }

    private static AuthorizeExchangeSpec healthFirst(AuthorizeExchangeSpec rules) {
        return rules.pathMatchers("/api/health").permitAll();
    }

    private static Mono<AuthorizationResult> granted(KnownKeys keys) {
        return keys.orRefuse().thenReturn(new AuthorizationDecision(true));
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
