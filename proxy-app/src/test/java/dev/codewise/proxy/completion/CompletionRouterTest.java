package dev.codewise.proxy.completion;

import static dev.codewise.proxy.completion.CompletionException.Reason.INVALID_REQUEST;
import static dev.codewise.proxy.completion.CompletionException.Reason.OVERLOADED;
import static dev.codewise.proxy.completion.CompletionException.Reason.PROVIDER_FAILED;
import static dev.codewise.proxy.completion.CompletionException.Reason.PROVIDER_TIMED_OUT;
import static dev.codewise.proxy.completion.CompletionException.Reason.PROVIDER_UNAVAILABLE;
import static dev.codewise.proxy.completion.CompletionException.Reason.RATE_LIMITED;
import static dev.codewise.proxy.completion.Routing.END;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.completion.CompletionEnded.Outcome;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionException.Feature;
import dev.codewise.proxy.completion.CompletionException.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class CompletionRouterTest {

    private final Routing routing = new Routing();
    private final ScriptedProvider first = routing.first();
    private final ScriptedProvider second = routing.second();

    @Nested
    class AmongSeveralOfOneProvider {

        private final ScriptedFleet fleet = new ScriptedFleet("a", "b", "c", "d");

        @Test
        void isTheNextOneAfterAFailure() {
            fleet.failing("a", PROVIDER_FAILED);

            StepVerifier.create(routing.routerTo(fleet, second).complete(Routing.request("sonnet")))
                    .expectNext(new Taken(fleet.answerer("a")), new Taken(fleet.answerer("b")), new Text("by b"), END)
                    .verifyComplete();

            assertThat(routing.onlyEnd().answeredBy()).isEqualTo(fleet.answerer("b"));
        }

        @Test
        void isTheNextProviderAfterTwoFurtherOnes() {
            fleet.failing("a", PROVIDER_FAILED).failing("b", OVERLOADED).failing("c", PROVIDER_UNAVAILABLE);
            second.says("Hello");

            StepVerifier.create(routing.routerTo(fleet, second).complete(Routing.request("sonnet")))
                    .expectNextCount(6)
                    .verifyComplete();

            assertThat(fleet.asked()).containsExactly("a", "b", "c");
            assertThat(second.asked()).isOne();
        }

        @Test
        void isTheNextProviderAtOnceAfterSilence() {
            fleet.failing("a", PROVIDER_TIMED_OUT);
            second.says("Hello");

            StepVerifier.create(routing.routerTo(fleet, second).complete(Routing.request("sonnet")))
                    .expectNextCount(4)
                    .verifyComplete();

            assertThat(fleet.asked()).containsExactly("a");
        }

        @Test
        void isTheNextProviderWhenAllOfThemHaveFailed() {
            var small = new ScriptedFleet("a", "b").failing("a", RATE_LIMITED).failing("b", PROVIDER_FAILED);

            StepVerifier.create(routing.routerTo(small).complete(Routing.request("sonnet")))
                    .expectNextCount(2)
                    .verifyErrorMessage("b failed.");

            assertThat(small.asked()).containsExactly("a", "b");
        }

        @Test
        void isNobodyAfterAFinalFailure() {
            fleet.failing("a", INVALID_REQUEST);

            StepVerifier.create(routing.routerTo(fleet).complete(Routing.request("sonnet")))
                    .expectNextCount(1)
                    .verifyErrorMessage("a failed.");
        }
    }

    @Nested
    class WhoAnswers {

        @Test
        void isTheFirstWhoCan() {
            first.says("Hel", "lo");
            second.says("never");

            routing.verify("sonnet")
                    .expectNext(new Taken(first.self()), new Text("Hel"), new Text("lo"), END)
                    .verifyComplete();

            assertThat(second.asked()).isZero();
        }

        @Test
        void isTheSecondWhereTheFirstIsAway() {
            first.isAway();
            second.says("Hello");

            routing.verify("sonnet")
                    .expectNext(new Taken(second.self()), new Text("Hello"), END)
                    .verifyComplete();
        }

        @ParameterizedTest
        @EnumSource(
                value = Reason.class,
                names = {"RATE_LIMITED", "OVERLOADED", "PROVIDER_UNAVAILABLE", "PROVIDER_TIMED_OUT", "PROVIDER_FAILED"})
        void isTheSecondWhereTheFirstTookItAndFailedBeforeItSaidAnything(Reason reason) {
            first.fails(reason);
            second.says("Hello");

            routing.verify("sonnet")
                    .expectNext(new Taken(first.self()), new Taken(second.self()), new Text("Hello"), END)
                    .verifyComplete();

            assertThat(routing.onlyEnd().answeredBy()).isEqualTo(second.self());
        }

        @Test
        void isTheSecondWhereTheFirstStopsWithoutHavingSaidAnything() {
            first.breaksOffAfter();
            second.says("Hello");

            routing.verify("sonnet").expectNextCount(4).verifyComplete();
        }

        @Test
        void isTheSecondWhereTheFirstRefusesBeforeThereIsAFlux() {
            Provider hasty = request -> {
                throw new CompletionException(PROVIDER_UNAVAILABLE, "Not today.");
            };
            second.says("Hello");

            StepVerifier.create(routing.routerTo(hasty, second).complete(Routing.request("sonnet")))
                    .expectNextCount(3)
                    .verifyComplete();
        }

        @Test
        void isAskedForTheModelItsOperatorMeans() {
            first.says("Hello");

            routing.verify("gpt-4o").expectNextCount(3).verifyComplete();

            assertThat(first.lastRequest()).isEqualTo(Routing.request("sonnet"));
            assertThat(routing.onlyEnd().askedModel()).isEqualTo("gpt-4o");
        }
    }

    @Nested
    class NobodyElseIsAsked {

        @Test
        void onceTheClientHasReceivedSomething() {
            first.fails(PROVIDER_FAILED, "Hel");
            second.says("lo");

            routing.verify("sonnet")
                    .expectNext(new Taken(first.self()), new Text("Hel"))
                    .verifyErrorSatisfies(e -> assertThat(e).hasMessage("The first said no."));

            assertThat(second.asked()).isZero();
            assertThat(routing.onlyEnd().outcome()).isEqualTo(Outcome.FAILED);
            assertThat(routing.onlyEnd().answeredBy()).isEqualTo(first.self());
        }

        @ParameterizedTest
        @EnumSource(
                value = Reason.class,
                names = {"RATE_LIMITED", "OVERLOADED", "PROVIDER_UNAVAILABLE"})
        void onceSomebodyPaysWhichTheFailureSays(Reason reason) {
            first.fails(reason, "Hel");

            routing.verify("sonnet")
                    .expectNextCount(2)
                    .verifyErrorSatisfies(e -> assertThat((CompletionException) e)
                            .returns(reason, CompletionException::reason)
                            .matches(CompletionException::hasBegun));
        }

        @Test
        void beforeAnybodyPaysWhichTheFailureSaysToo() {
            first.fails(INVALID_REQUEST);

            routing.verify("sonnet")
                    .expectNextCount(1)
                    .verifyErrorSatisfies(e ->
                            assertThat(((CompletionException) e).hasBegun()).isFalse());
        }

        @Test
        void andWhoReadsSlowlyStillGetsWhatWasSaidBeforeTheFailure() {
            first.fails(PROVIDER_FAILED, "Hel", "lo");

            StepVerifier.create(routing.router().complete(Routing.request("sonnet")), 0)
                    .thenRequest(1)
                    .expectNext(new Taken(first.self()))
                    .thenRequest(1)
                    .expectNext(new Text("Hel"))
                    .expectNoEvent(Duration.ofMillis(20))
                    .thenRequest(1)
                    .expectNext(new Text("lo"))
                    .verifyError(CompletionException.class);
        }

        @Test
        void onceAnAnswerThatHasBegunBreaksOff() {
            first.breaksOffAfter("Hel");
            second.says("lo");

            routing.verify("sonnet")
                    .expectNextCount(2)
                    .verifyErrorSatisfies(e -> assertThat(reasonOf(e)).isEqualTo(PROVIDER_FAILED));

            assertThat(second.asked()).isZero();
            assertThat(routing.onlyEnd().outcome()).isEqualTo(Outcome.FAILED);
        }

        @ParameterizedTest
        @EnumSource(
                value = Reason.class,
                names = {"UNKNOWN_MODEL", "INVALID_REQUEST", "PROMPT_TOO_LONG", "REFUSED"})
        void whenEverybodyWouldFailInTheSameWay(Reason reason) {
            first.fails(reason);

            routing.verify("sonnet")
                    .expectNextCount(1)
                    .verifyErrorSatisfies(e -> assertThat(reasonOf(e)).isEqualTo(reason));

            assertThat(second.asked()).isZero();
        }

        @Test
        void whenWhoeverFailedKnowsThatItWasTheLastTry() {
            first.fails(new CompletionException(PROVIDER_TIMED_OUT, "Too long.").asFinal());

            routing.verify("sonnet").expectNextCount(1).verifyErrorMessage("Too long.");

            assertThat(second.asked()).isZero();
        }

        @Test
        void forAModelThatNobodyKnows() {
            routing.verify("gpt-3")
                    .verifyErrorSatisfies(
                            e -> assertThat(e).hasMessageContaining("\"gpt-3\"").hasMessageContaining("/v1/models"));

            assertThat(first.asked()).isZero();
            assertThat(routing.onlyEnd().outcome()).isEqualTo(Outcome.FAILED);
            assertThat(routing.onlyEnd().answeredBy()).isNull();
        }

        @Test
        void whenAProviderHasADefect() {
            var defect = new NullPointerException("a defect");
            first.fails(defect);

            routing.verify("sonnet")
                    .expectNextCount(1)
                    .verifyErrorSatisfies(e -> assertThat(e).isSameAs(defect));

            assertThat(second.asked()).isZero();
            assertThat(routing.onlyEnd().outcome()).isEqualTo(Outcome.FAILED);
        }

        @Test
        void whenAProviderHasADefectBeforeThereIsAFlux() {
            Provider broken = request -> {
                throw new IllegalStateException("a defect");
            };

            StepVerifier.create(routing.routerTo(broken, second).complete(Routing.request("sonnet")))
                    .verifyErrorMessage("a defect");

            assertThat(routing.onlyEnd().outcome()).isEqualTo(Outcome.FAILED);
        }
    }

    @Nested
    class WhenNobodyCanAnswer {

        @Test
        void theFailureSaysHowToHelpWhereNobodyIsThere() {
            first.isAway();
            second.isAway();

            routing.verify("sonnet")
                    .verifyErrorSatisfies(e -> assertThat((CompletionException) e)
                            .hasMessageStartingWith("The first is away. Connect an agent")
                            .hasMessageContaining("ANTHROPIC_API_KEY")
                            .returns(PROVIDER_UNAVAILABLE, CompletionException::reason)
                            .matches(failure -> failure.retryAfter().isPresent()));
        }

        @Test
        void theFailureSaysSoAlsoWithoutAnyProvider() {
            StepVerifier.create(routing.routerTo().complete(Routing.request("sonnet")))
                    .verifyErrorSatisfies(e -> assertThat(e)
                            .hasMessageContaining("codewise-agent.jar")
                            .hasMessageContaining("ANTHROPIC_API_KEY"));

            assertThat(routing.onlyEnd().answeredBy()).isNull();
        }

        @Test
        void whoIsOnlyBusySaysWhenToComeBack() {
            first.plays(Flux.error(
                    new CompletionException(PROVIDER_UNAVAILABLE, "Busy.").retryAfter(Duration.ofSeconds(7))));
            second.isAway();

            routing.verify("sonnet")
                    .verifyErrorSatisfies(e -> assertThat((CompletionException) e)
                            .hasMessage("Busy.")
                            .returns(
                                    Duration.ofSeconds(7),
                                    failure -> failure.retryAfter().orElseThrow()));
        }

        @Test
        void whoTriedAndFailedSaysMoreThanWhoWasNotThere() {
            first.fails(RATE_LIMITED);
            second.isAway();

            routing.verify("sonnet").expectNextCount(1).verifyErrorMessage("The first said no.");
        }

        @ParameterizedTest
        @CsvSource({
            "NOBODY_THERE, NOBODY_THERE, first",
            "NOBODY_THERE, UNSUPPORTED, second",
            "NOBODY_THERE, NOT_NOW, second",
            "NOBODY_THERE, TRIED, second",
            "UNSUPPORTED, NOBODY_THERE, first",
            "UNSUPPORTED, NOT_NOW, second",
            "UNSUPPORTED, TRIED, second",
            "NOT_NOW, NOBODY_THERE, first",
            "NOT_NOW, UNSUPPORTED, first",
            "NOT_NOW, TRIED, second",
            "TRIED, NOBODY_THERE, first",
            "TRIED, UNSUPPORTED, first",
            "TRIED, NOT_NOW, first",
            "TRIED, TRIED, second"
        })
        void theFailureThatSaysMostIsTheAnswer(Failing ofFirst, Failing ofSecond, String heard) {
            first.plays(Flux.error(ofFirst.saying("The first.")));
            second.plays(Flux.error(ofSecond.saying("The second.")));

            routing.verify("sonnet")
                    .verifyErrorSatisfies(e -> assertThat(e).hasMessageStartingWith("The " + heard + "."));
        }

        @ParameterizedTest
        @EnumSource(
                value = Failing.class,
                names = {"NOBODY_THERE", "UNSUPPORTED"})
        void whoCannotBeReachedNowIsWorthAnotherTryAndNoOtherCure(Failing ofFirst) {
            first.plays(Flux.error(ofFirst.saying("The first.")));
            second.plays(Flux.error(Failing.NOT_NOW.saying("The Claude API cannot be reached.")));

            routing.verify("sonnet")
                    .verifyErrorSatisfies(e -> assertThat((CompletionException) e)
                            .hasMessage("The Claude API cannot be reached.")
                            .returns(PROVIDER_UNAVAILABLE, CompletionException::reason)
                            .matches(failure -> failure.retryAfter().isPresent()));
        }

        @Test
        void whoTriedLastSaysMost() {
            first.fails(RATE_LIMITED);
            second.fails(OVERLOADED);

            routing.verify("sonnet")
                    .expectNextCount(2)
                    .verifyErrorSatisfies(e -> assertThat(reasonOf(e)).isEqualTo(OVERLOADED));
        }

        @Test
        void whoFailsForGoodHasTheLastWord() {
            first.fails(RATE_LIMITED);
            second.fails(INVALID_REQUEST);

            routing.verify("sonnet").expectNextCount(2).verifyErrorMessage("The second said no.");
        }
    }

    /** The kinds of failure among which one is chosen. */
    private enum Failing {
        NOBODY_THERE,
        UNSUPPORTED,
        NOT_NOW,
        TRIED;

        CompletionException saying(String sentence) {
            return switch (this) {
                case NOBODY_THERE -> new CompletionException(PROVIDER_UNAVAILABLE, sentence);
                case UNSUPPORTED -> CompletionException.unsupported(Feature.TOOLS, sentence);
                case NOT_NOW ->
                    new CompletionException(PROVIDER_UNAVAILABLE, sentence).retryAfter(Duration.ofSeconds(2));
                case TRIED -> new CompletionException(RATE_LIMITED, sentence);
            };
        }
    }

    private static Reason reasonOf(Throwable failure) {
        return ((CompletionException) failure).reason();
    }
}
