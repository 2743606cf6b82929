package dev.codewise.proxy.access;

import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** Lets in who presents what opens the lock; who presents nothing goes on as nobody, and the rules of the chain decide. */
final class Doorkeeper implements WebFilter {

    private final Function<HttpHeaders, Credentials> reader;
    private final Function<String, Optional<Caller>> lock;
    private final Guesses guesses;

    Doorkeeper(Function<HttpHeaders, Credentials> reader, Function<String, Optional<Caller>> lock, Guesses guesses) {
        this.reader = reader;
        this.lock = lock;
        this.guesses = guesses;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        Credentials presented = reader.apply(exchange.getRequest().getHeaders());
        return presented.isNone()
                ? chain.filter(exchange)
                : presented
                        .open(lock)
                        .map(caller -> chain.filter(exchange).contextWrite(as(caller)))
                        .orElseGet(() -> Mono.error(guesses.refuse(exchange.getRequest())));
    }

    /** From here on everybody is told who calls. */
    static ContextView as(Caller caller) {
        var scopes = caller.scopes().stream()
                .map(scope -> new SimpleGrantedAuthority(scope.wireName()))
                .toList();
        return ReactiveSecurityContextHolder.withAuthentication(
                UsernamePasswordAuthenticationToken.authenticated(caller, null, scopes));
    }
}
