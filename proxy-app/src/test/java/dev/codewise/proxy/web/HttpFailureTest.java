package dev.codewise.proxy.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ResponseStatusException;

class HttpFailureTest {

    @Test
    void saysTheSameWhateverIsWrongWithACredential() {
        var missing = HttpFailure.of(new AuthenticationCredentialsNotFoundException("there is none"));
        var wrong = HttpFailure.of(new BadCredentialsException("one letter is wrong"));

        assertThat(missing.sentence()).isEqualTo(wrong.sentence());
        assertThat(missing.status()).isEqualTo(HttpStatus.UNAUTHORIZED);
        assertThat(missing.headers().getFirst("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(wrong.headers()).isEqualTo(missing.headers());
    }

    @Test
    void tellsWhichMethodsAPathHas() {
        var failure = HttpFailure.of(
                new MethodNotAllowedException(HttpMethod.DELETE, List.of(HttpMethod.POST, HttpMethod.GET)));

        assertThat(failure.status()).isEqualTo(HttpStatus.METHOD_NOT_ALLOWED);
        assertThat(failure.sentence()).isEqualTo("This path answers to GET or POST.");
        assertThat(failure.headers().getAllow()).containsExactlyInAnyOrder(HttpMethod.GET, HttpMethod.POST);
    }

    @Test
    void keepsTheWordsOfAnExceptionToItself() {
        var unexpected = HttpFailure.of(new IllegalStateException("/home/somebody/.codewise is full"));
        var framework = HttpFailure.of(new ResponseStatusException(HttpStatus.BAD_REQUEST, "class Foo in bar.Baz"));
        var denied = HttpFailure.of(new AccessDeniedException("rule 7"));

        assertThat(unexpected.isUnexpected()).isTrue();
        assertThat(unexpected.sentence()).doesNotContain("somebody");
        assertThat(framework.sentence()).isEqualTo("The request is not valid.");
        assertThat(denied.sentence()).doesNotContain("rule");
    }

    @Test
    void tellsWholeSecondsOnlyOnce() {
        var failure = new HttpFailure(HttpStatus.TOO_MANY_REQUESTS, "Later.").retryAfter(Duration.ofSeconds(7));

        assertThat(failure.headers().getFirst("Retry-After")).isEqualTo("7");
        assertThat(failure.headers().containsHeader("retry-after-ms")).isFalse();
    }

    @Test
    void tellsTheWordsOfARefusalAndWhenToComeBack() {
        var refused = new RequestRefused(HttpStatus.SERVICE_UNAVAILABLE, "The kettle is cold.")
                .retryAfter(Duration.ofMillis(1001));

        var failure = HttpFailure.of(refused);

        assertThat(failure.sentence()).isEqualTo("The kettle is cold.");
        assertThat(failure).hasToString("503 SERVICE_UNAVAILABLE");
        assertThat(failure.headers().getFirst("Retry-After")).isEqualTo("2");
        assertThat(failure.headers().getFirst("retry-after-ms")).isEqualTo("1001");
        assertThat(refused).hasMessage("The kettle is cold.").hasNoCause();
        assertThat(refused.getStackTrace()).isEmpty();
    }

    @Test
    void neverAsksToComeBackAtOnce() {
        var failure = new HttpFailure(HttpStatus.TOO_MANY_REQUESTS, "Slowly.").retryAfter(Duration.ZERO);

        assertThat(failure.headers().getFirst("Retry-After")).isEqualTo("1");
    }
}
