package dev.codewise.proxy.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.web.RequestRefused;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpStatusCode;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.BadCredentialsException;

class AnthropicFailureTest {

    @ParameterizedTest
    @MethodSource("failures")
    void hasTheTypeThatBelongsToItsStatus(Throwable cause, int status, String type) {
        var failure = AnthropicFailure.of(cause);

        assertThat(failure.http().status().value()).isEqualTo(status);
        assertThat(failure.type()).isEqualTo(type);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new BadCredentialsException("x"), 401, "authentication_error"),
                Arguments.of(new AccessDeniedException("x"), 403, "permission_error"),
                Arguments.of(new IllegalStateException("x"), 500, "api_error"),
                Arguments.of(new CompletionException(Reason.BUDGET_SPENT, "x"), 429, "rate_limit_error"));
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_request_error",
        "404, not_found_error",
        "405, invalid_request_error",
        "413, request_too_large",
        "415, invalid_request_error",
        "429, rate_limit_error",
        "503, api_error"
    })
    void hasItAlsoWhereThisProxyRefuses(int status, String type) {
        var failure = AnthropicFailure.of(new RequestRefused(HttpStatusCode.valueOf(status), "No."));

        assertThat(failure.type()).isEqualTo(type);
    }
}
