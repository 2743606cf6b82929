package dev.codewise.proxy.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.web.RequestRefused;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpStatusCode;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.BadCredentialsException;

class OpenAiFailureTest {

    @ParameterizedTest
    @CsvSource({
        "400, invalid_request_error,",
        "401, invalid_request_error, invalid_api_key",
        "403, permission_error,",
        "404, invalid_request_error,",
        "405, invalid_request_error,",
        "408, timeout, timeout",
        "409, invalid_request_error,",
        "413, request_too_large, request_too_large",
        "415, invalid_request_error,",
        "429, rate_limit_error, rate_limit_exceeded",
        "500, server_error,",
        "503, service_unavailable, service_unavailable"
    })
    void hasTheTypeAndCodeOfItsStatus(int status, String type, @Nullable String code) {
        var failure = OpenAiFailure.of(new RequestRefused(HttpStatusCode.valueOf(status), "No."));

        assertThat(failure.http().status().value()).isEqualTo(status);
        assertThat(failure.body()).isEqualTo(new OpenAiError(new OpenAiError.Details("No.", type, null, code)));
    }

    @Test
    void tellsAClientNotToComeBackBeforeThereIsABudgetAgain() {
        var spent = new CompletionException(Reason.BUDGET_SPENT, "All of it.").retryAfter(Duration.ofHours(1));

        var failure = OpenAiFailure.of(spent);

        assertThat(failure.http().status().value()).isEqualTo(429);
        assertThat(failure.type()).isEqualTo("insufficient_quota");
        assertThat(failure.code()).isEqualTo("insufficient_quota");
        assertThat(failure.http().headers().getFirst("x-should-retry")).isEqualTo("false");
        assertThat(failure.http().headers().getFirst("Retry-After")).isEqualTo("3600");
    }

    @Test
    void comesFromTheDoorsToo() {
        var missing = OpenAiFailure.of(new BadCredentialsException("secret"));
        var denied = OpenAiFailure.of(new AccessDeniedException("secret"));

        assertThat(missing.code()).isEqualTo("invalid_api_key");
        assertThat(missing.http().headers().getFirst("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(denied.type()).isEqualTo("permission_error");
        assertThat(missing.body().error().message() + denied.body().error().message())
                .doesNotContain("secret");
    }
}
