package dev.codewise.proxy.access;

import dev.codewise.proxy.web.RequestRefused;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.authentication.BadCredentialsException;

/** What a wrong credential is answered with: the usual refusal, or to come back later. */
final class Guesses {

    private final ClientAddress addresses;
    private final FailedLogins failures;

    Guesses(ClientAddress addresses, FailedLogins failures) {
        this.addresses = addresses;
        this.failures = failures;
    }

    RuntimeException refuse(ServerHttpRequest request) {
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
