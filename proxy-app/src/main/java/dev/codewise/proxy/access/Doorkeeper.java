package dev.codewise.proxy.access;

import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Lets in who presents what opens the lock; who presents nothing goes on as nobody, and other rules decide. */
final class Doorkeeper implements WebFilter {

    private static final String CALLER = Caller.class.getName();

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
                        .map(caller -> chain.filter(withCaller(exchange, caller)))
                        .orElseGet(() -> Mono.error(guesses.refuse(exchange.getRequest())));
    }

    /** From here on everybody is told who calls. */
    static ServerWebExchange withCaller(ServerWebExchange exchange, Caller caller) {
        exchange.getAttributes().put(CALLER, caller);
        Principal principal = UsernamePasswordAuthenticationToken.authenticated(caller, null, List.of());
        return exchange.mutate().principal(Mono.just(principal)).build();
    }

    static @Nullable Caller callerOf(ServerWebExchange exchange) {
        return exchange.getAttribute(CALLER);
    }
}
