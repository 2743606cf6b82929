package dev.codewise.proxy.completion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.completion.CompletionException.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionExceptionTest {

    @ParameterizedTest
    @CsvSource({
        "UNKNOWN_MODEL, true",
        "INVALID_REQUEST, true",
        "PROMPT_TOO_LONG, true",
        "REQUEST_TOO_LARGE, false",
        "REFUSED, true",
        "RATE_LIMITED, false",
        "BUDGET_SPENT, true",
        "OVERLOADED, false",
        "PROVIDER_UNAVAILABLE, false",
        "PROVIDER_TIMED_OUT, false",
        "PROVIDER_FAILED, false"
    })
    void isFinalWhereEverybodyWouldFailInTheSameWay(Reason reason, boolean isFinal) {
        assertThat(new CompletionException(reason, "No.").isFinal()).isEqualTo(isFinal);
    }

    @Test
    void keepsWhatItWasWhenItBecomesFinalOrSaysWhenToComeBack() {
        var failure = new CompletionException(Reason.OVERLOADED, "Too much.");

        var both = failure.asFinal().retryAfter(Duration.ofSeconds(3));

        assertThat(both).hasMessage("Too much.").returns(Reason.OVERLOADED, CompletionException::reason);
        assertThat(both.isFinal()).isTrue();
        assertThat(both.retryAfter()).hasValue(Duration.ofSeconds(3));
        assertThat(both.asFinal().retryAfter()).hasValue(Duration.ofSeconds(3));
        assertThat(failure.isFinal()).isFalse();
        assertThat(failure.retryAfter()).isEmpty();
    }
}
