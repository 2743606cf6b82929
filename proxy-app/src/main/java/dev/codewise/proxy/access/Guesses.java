package dev.codewise.proxy.access;

import dev.codewise.proxy.web.RequestRefused;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.authentication.BadCredentialsException;

/** What a wrong credential is answered with: the usual refusal, or to come back later. */
final class Guesses {

    private final ClientAddress addresses;
    private final FailedLogins failures;
    private final Counter refused;

    Guesses(ClientAddress addresses, FailedLogins failures, MeterRegistry registry) {
        this.addresses = addresses;
        this.failures = failures;
        this.refused = Counter.builder("codewise.logins.refused")
                .description("Requests with a wrong key or secret")
                .register(registry);
    }

    RuntimeException refuse(ServerHttpRequest request) {
        refused.increment();
        return failures.note(addresses.of(request))
                .<RuntimeException>map(Guesses::tooMany)
                .orElseGet(() -> new BadCredentialsException("wrong credential"));
    }

    private static RequestRefused tooMany(Duration wait) {
        return new RequestRefused(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "Too many wrong credentials came from this address. Try again later, with the right one.")
                .retryAfter(wait);
    }
}
