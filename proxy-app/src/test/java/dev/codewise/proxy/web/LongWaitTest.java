package dev.codewise.proxy.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class LongWaitTest {

    private static final Duration SILENCE = Duration.ofMinutes(4);
    private static final Duration BEAT = Duration.ofSeconds(15);
    private static final byte[] ANSWER = "{}".getBytes(StandardCharsets.US_ASCII);

    @Test
    void isSilentUntilMinuteFourAndBeatsFromThenOn() {
        verify(() -> Mono.delay(SILENCE.plusSeconds(20)).thenReturn(ANSWER))
                .expectSubscription()
                .expectNoEvent(SILENCE)
                .expectNext("\n")
                .expectNoEvent(BEAT)
                .expectNext("\n")
                .thenAwait(BEAT)
                .expectNext("{}")
                .verifyComplete();
    }

    @Test
    void isNotSeenWhereTheAnswerIsQuick() {
        verify(() -> Mono.just(ANSWER)).expectNext("{}").verifyComplete();
    }

    @Test
    void leavesAFailureWhatItIsWhileNothingWasSent() {
        verify(() -> Mono.error(new IllegalStateException("no"))).verifyErrorMessage("no");
    }

    @Test
    void turnsAFailureIntoTheBodyAfterwards() {
        verify(() -> Mono.delay(SILENCE.plusSeconds(1)).then(Mono.error(new IllegalStateException("no"))))
                .thenAwait(SILENCE.plusSeconds(1))
                .expectNext("\n", "error: no")
                .verifyComplete();
    }

    private static StepVerifier.FirstStep<String> verify(Supplier<Mono<byte[]>> answer) {
        return StepVerifier.withVirtualTime(() -> told(answer.get()));
    }

    private static Flux<String> told(Mono<byte[]> answer) {
        return new LongWait(SILENCE, BEAT)
                .of(answer, failure -> ("error: " + failure.getMessage()).getBytes(StandardCharsets.US_ASCII))
                .map(bytes -> new String(bytes, StandardCharsets.US_ASCII));
    }
}
