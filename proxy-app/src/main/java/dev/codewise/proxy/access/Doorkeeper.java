package dev.codewise.proxy.access;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Lets in who presents what opens the lock; who presents nothing goes on as nobody, and the rules of the chain decide. */
final class Doorkeeper implements WebFilter {

    private final Function<HttpHeaders, Credentials> reader;
    private final Predicate<String> lock;
    private final Authentication guest;
    private final Guesses guesses;

    Doorkeeper(String guest, Function<HttpHeaders, Credentials> reader, Predicate<String> lock, Guesses guesses) {
        this.guest = UsernamePasswordAuthenticationToken.authenticated(guest, null, List.of());
        this.reader = reader;
        this.lock = lock;
        this.guesses = guesses;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        Credentials presented = reader.apply(exchange.getRequest().getHeaders());
        if (presented.isNone()) {
            return chain.filter(exchange);
        }
        return presented.open(lock)
                ? chain.filter(exchange).contextWrite(ReactiveSecurityContextHolder.withAuthentication(guest))
                : Mono.error(() -> guesses.refuse(exchange.getRequest()));
    }
}
