package dev.codewise.proxy.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.CapturedLog;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class BreakerTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Breaker breaker = new Breaker(() -> time.now(TimeUnit.NANOSECONDS));
    private final AtomicInteger asked = new AtomicInteger();
    private final CapturedLog log = CapturedLog.of(Breaker.class);

    @AfterEach
    void close() {
        log.close();
        time.dispose();
    }

    @ParameterizedTest
    @EnumSource(names = {"PROVIDER_UNAVAILABLE", "PROVIDER_TIMED_OUT", "PROVIDER_FAILED", "OVERLOADED"})
    void leavesTheApiAloneAfterFiveFailuresInARow(Reason reason) {
        fail(reason, 5);

        assertThatIsLeftAlone(30);
        assertThat(asked).hasValue(5);
        assertThat(log.lines())
                .containsExactly("WARN The Claude API has failed 5 times in a row and is left alone for 30 s");
    }

    @Test
    void goesOnAfterAnswersThatNobodyRead() {
        for (int i = 0; i < 5; i++) {
            StepVerifier.create(breaker.watch(
                            Mono.error(failure(Reason.PROVIDER_FAILED).asFinal())
                                    .flux()))
                    .verifyError();
        }

        assertThatAnswers();
    }

    @Test
    void goesOnAfterFour() {
        fail(Reason.PROVIDER_FAILED, 4);

        assertThatAnswers();
    }

    @Test
    void countsFailuresInTheMiddleOfAnAnswer() {
        for (int i = 0; i < 5; i++) {
            StepVerifier.create(
                            breaker.watch(Flux.concat(Mono.just("Hel"), Mono.error(failure(Reason.PROVIDER_FAILED)))))
                    .expectNext("Hel")
                    .verifyError();
        }

        assertThatIsLeftAlone(30);
    }

    @Test
    void countsFromTheBeginningAfterAnAnswer() {
        fail(Reason.PROVIDER_FAILED, 4);
        assertThatAnswers();
        fail(Reason.PROVIDER_FAILED, 4);

        assertThatAnswers();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"PROVIDER_UNAVAILABLE", "PROVIDER_TIMED_OUT", "PROVIDER_FAILED", "OVERLOADED"})
    void takesARefusalForAnAnswer(Reason reason) {
        fail(reason, 10);

        assertThatAnswers();
    }

    @Test
    void saysHowLongItStillWaits() {
        fail(Reason.PROVIDER_FAILED, 5);
        time.advanceTimeBy(Duration.ofMillis(20_500));

        assertThatIsLeftAlone(10);
    }

    @Test
    void letsOneRequestTryItAfterThirtySeconds() {
        rest();

        Disposable trying = breaker.watch(Flux.never()).subscribe();

        assertThatIsLeftAlone(1);
        trying.dispose();
    }

    @Test
    void recoversWithTheFirstWordOfTheAnswer() {
        rest();

        Disposable trying =
                breaker.watch(Flux.concat(Mono.just("Hel"), Flux.never())).subscribe();

        assertThatAnswers();
        assertThat(log.lines()).endsWith("INFO The Claude API answers again");
        trying.dispose();
    }

    @Test
    void recoversWithARefusal() {
        rest();

        fail(Reason.RATE_LIMITED, 1);

        assertThatAnswers();
    }

    @Test
    void restsAgainWhenTheTryFails() {
        rest();

        fail(Reason.PROVIDER_TIMED_OUT, 1);

        assertThatIsLeftAlone(30);
        assertThat(asked).hasValue(6);
    }

    @Test
    void letsTheNextTryItWhenTheFirstHasLeft() {
        rest();

        breaker.watch(Flux.never()).subscribe().dispose();

        assertThatAnswers();
    }

    @Test
    void doesNotRestLongerForTheFailuresOfThoseThatHadBegunBefore() {
        Flux<String> late = breaker.watch(Mono.delay(Duration.ofSeconds(10), time)
                .then(Mono.<String>error(failure(Reason.PROVIDER_FAILED)))
                .flux());
        late.onErrorComplete().subscribe();
        fail(Reason.PROVIDER_FAILED, 5);

        time.advanceTimeBy(Duration.ofSeconds(30));

        assertThatAnswers();
    }

    private void rest() {
        fail(Reason.PROVIDER_FAILED, 5);
        time.advanceTimeBy(Duration.ofSeconds(30));
    }

    private void fail(Reason reason, int times) {
        for (int i = 0; i < times; i++) {
            StepVerifier.create(breaker.watch(asking(Flux.error(failure(reason)))))
                    .verifyError();
        }
    }

    private void assertThatAnswers() {
        StepVerifier.create(breaker.watch(asking(Flux.just("Hello"))))
                .expectNext("Hello")
                .verifyComplete();
    }

    private void assertThatIsLeftAlone(int seconds) {
        int before = asked.get();
        StepVerifier.create(breaker.watch(asking(Flux.just("Hello"))))
                .verifyErrorSatisfies(refused -> assertThat(refused)
                        .isInstanceOfSatisfying(CompletionException.class, failure -> {
                            assertThat(failure.reason()).isEqualTo(Reason.PROVIDER_UNAVAILABLE);
                            assertThat(failure.retryAfter()).hasValue(Duration.ofSeconds(seconds));
                        })
                        .hasMessage("It said no."));
        assertThat(asked).hasValue(before);
    }

    private Flux<String> asking(Flux<String> answer) {
        return answer.doOnSubscribe(subscription -> asked.incrementAndGet());
    }

    private static CompletionException failure(Reason reason) {
        return new CompletionException(reason, "It said no.");
    }
}
