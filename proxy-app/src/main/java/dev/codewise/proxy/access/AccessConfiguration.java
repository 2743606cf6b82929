package dev.codewise.proxy.access;

import dev.codewise.proxy.home.CodewiseHome;
import dev.codewise.proxy.home.Secret;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.io.IOException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.ReactiveAuthenticationManagerResolver;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Hangs the doors. The filters are no beans, because those apply to every path. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessProperties.class)
class AccessConfiguration {

    @Bean
    AgentSecret agentSecret(AccessProperties properties, CodewiseHome home) throws IOException {
        Secret given = properties.agentSecret();
        return given == null ? AgentSecret.keptIn(home) : AgentSecret.given(given);
    }

    @Bean
    FrontDoor frontDoor(AccessProperties properties, AgentSecret agentSecret, KeyRing<Caller> ring) {
        return FrontDoor.behind(agentSecret, properties, ring);
    }

    @Bean
    ClientAddress clientAddress(AccessProperties properties) {
        return new ClientAddress(properties.trustedProxies());
    }

    @Bean
    Guesses guesses(ClientAddress addresses, LoginBursts bursts, ObjectProvider<MeterRegistry> registry) {
        var failures = new FailedLogins(System::nanoTime, bursts::began);
        return new Guesses(addresses, failures, registry.getIfAvailable(CompositeMeterRegistry::new));
    }

    @Bean
    @Order(1)
    SecurityWebFilterChain managementChain(ServerHttpSecurity http) {
        return SecurityChains.management(http);
    }

    @Bean
    @Order(2)
    SecurityWebFilterChain agentsChain(Badges badges, FrontDoor door, Guesses guesses) {
        return SecurityChains.agents(new HostRule(door), new AgentDoor(badges, guesses));
    }

    @Bean
    @Order(3)
    SecurityWebFilterChain healthChain(ServerHttpSecurity http, AccessProperties properties, FrontDoor door) {
        return SecurityChains.health(http, CorsRule.allowing(properties.corsAllowedOrigins()), new HostRule(door));
    }

    @Bean
    @Order(4)
    SecurityWebFilterChain clientsChain(AccessProperties properties, FrontDoor door, LastUse uses, Guesses guesses) {
        var doorkeeper = new Doorkeeper(Credentials::bearerOrApiKey, uses.noting(door::callerWith), guesses);
        var corsRule = CorsRule.allowing(properties.corsAllowedOrigins());
        return SecurityChains.clients(corsRule, new HostRule(door), new ClientDoor(door, doorkeeper));
    }

    @Bean
    @Order(5)
    SecurityWebFilterChain knockChain(ServerHttpSecurity http, FrontDoor door) {
        return SecurityChains.knock(http, new HostRule(door));
    }

    @Bean
    @Order(6)
    SecurityWebFilterChain lastChain(ServerHttpSecurity http) {
        return SecurityChains.nothingElse(http);
    }

    /** The name of a model may hold a slash, which arrives encoded; everything else that could be a trick stays refused. */
    @Bean
    ServerWebExchangeFirewall serverWebExchangeFirewall() {
        var firewall = new StrictServerWebExchangeFirewall();
        firewall.setAllowUrlEncodedSlash(true);
        return firewall;
    }

    /** An odd path or header is answered by the edges, like every other failure. */
    @Bean
    ServerExchangeRejectedHandler serverExchangeRejectedHandler() {
        return (exchange, rejection) -> Mono.error(rejection);
    }

    /** How long each filter of security takes is of no use to anybody, and to know it cost an eighth of what an open stream weighs. */
    @Bean
    SecurityObservationSettings nothingObserved() {
        return SecurityObservationSettings.noObservations();
    }

    /** Nobody logs in with a user's name; without this bean the framework makes up a user, and logs a password. */
    @Bean
    ReactiveAuthenticationManagerResolver<ServerWebExchange> noUsers() {
        return exchange -> Mono.empty();
    }
}
