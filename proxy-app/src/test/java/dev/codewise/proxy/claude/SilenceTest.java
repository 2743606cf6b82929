package dev.codewise.proxy.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class SilenceTest {

    private static final Duration OF_API = Duration.ofMinutes(2);
    private static final Duration OF_READER = Duration.ofSeconds(200);

    @Test
    void isTheApisWhileMoreIsWanted() {
        verify(() -> Flux.just("Hel").concatWith(Flux.never()), 5)
                .expectNext("Hel")
                .expectNoEvent(OF_API.minusMillis(1))
                .thenAwait(Duration.ofMillis(1))
                .verifyErrorSatisfies(failure -> assertThat((CompletionException) failure)
                        .hasMessage("The Claude API said nothing for 120 seconds.")
                        .returns(Reason.PROVIDER_TIMED_OUT, CompletionException::reason));
    }

    @Test
    void isTheApisBeforeItsFirstWordToo() {
        verify(() -> Flux.never(), 1)
                .expectSubscription()
                .thenAwait(OF_API)
                .verifyErrorMessage("The Claude API said nothing for 120 seconds.");
    }

    @Test
    void isNotTheApisWhileNobodyWantsMore() {
        verify(() -> Flux.just("Hel", "lo"), 1)
                .expectNext("Hel")
                .thenAwait(OF_READER.minusSeconds(1))
                .thenRequest(1)
                .expectNext("lo")
                .thenRequest(1)
                .verifyComplete();
    }

    @Test
    void beginsAnewWhenSomebodyWantsMoreAgain() {
        verify(() -> Flux.just("Hel").concatWith(Flux.never()), 1)
                .expectNext("Hel")
                .thenAwait(OF_READER.minusSeconds(1))
                .thenRequest(1)
                .expectNoEvent(OF_API.minusSeconds(1))
                .thenAwait(Duration.ofSeconds(1))
                .verifyErrorMessage("The Claude API said nothing for 120 seconds.");
    }

    @Test
    void isTheReadersWhoWantsNothingForTooLong() {
        verify(() -> Flux.just("Hel", "lo"), 1)
                .expectNext("Hel")
                .thenAwait(OF_READER)
                .verifyErrorSatisfies(failure -> assertThat((CompletionException) failure)
                        .hasMessage("Nobody read the answer for 200 seconds.")
                        .returns(Reason.PROVIDER_FAILED, CompletionException::reason)
                        .matches(CompletionException::isFinal));
    }

    @Test
    void isNobodysWhileEachPieceComesInTime() {
        verify(() -> Flux.interval(OF_API.minusSeconds(1)).map(String::valueOf).take(2), Long.MAX_VALUE)
                .thenAwait(OF_API.minusSeconds(1))
                .expectNext("0")
                .thenAwait(OF_API.minusSeconds(1))
                .expectNext("1")
                .verifyComplete();
    }

    private static StepVerifier.FirstStep<String> verify(Supplier<Flux<String>> answer, long wanted) {
        return StepVerifier.withVirtualTime(
                () -> new Silence(
                                OF_API,
                                OF_READER,
                                () -> VirtualTimeScheduler.get().now(TimeUnit.NANOSECONDS))
                        .limit(answer.get()),
                wanted);
    }
}
