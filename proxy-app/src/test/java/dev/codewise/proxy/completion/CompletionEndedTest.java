package dev.codewise.proxy.completion;

import static dev.codewise.proxy.completion.CompletionException.Reason.INVALID_REQUEST;
import static dev.codewise.proxy.completion.CompletionException.Reason.PROVIDER_FAILED;
import static dev.codewise.proxy.completion.Routing.END;
import static dev.codewise.proxy.completion.Routing.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.CapturedLog;
import dev.codewise.proxy.completion.CompletionEnded.Attempts;
import dev.codewise.proxy.completion.CompletionEnded.Outcome;
import dev.codewise.proxy.completion.CompletionEnded.Told;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.util.RaceTestUtils;

class CompletionEndedTest {

    private final Routing routing = new Routing();
    private final ScriptedProvider first = routing.first();
    private final ScriptedProvider second = routing.second();

    @Test
    void isToldOnceWithItsTimes() {
        first.plays(Flux.concat(
                Flux.just(new Taken(first.self())),
                Flux.just(END).doOnNext(e -> routing.clock().moves(Duration.ofSeconds(3)))));

        routing.verify("sonnet").expectNextCount(2).verifyComplete();

        assertThat(routing.ended())
                .containsExactly(EndedRequest.named("req_a")
                        .by(first.self(), 0)
                        .at(START, null, START.plusSeconds(3))
                        .telling(new Told(((Finished) END).usage(), FinishReason.STOP, ScriptedProvider.MODEL, null))
                        .build());
    }

    @Test
    void isToldWithHowManyHadTheRequestInVain() {
        first.fails(PROVIDER_FAILED);
        second.says("Hello");

        routing.verify("sonnet").expectNextCount(4).verifyComplete();

        assertThat(routing.onlyEnd().attempts()).isEqualTo(new Attempts(second.self(), 1));
    }

    @Test
    void isToldWithTheTimeOfTheFirstPieceOnly() {
        first.plays(Flux.concat(
                Flux.just(new Taken(first.self())).doOnNext(e -> routing.clock().moves(Duration.ofSeconds(2))),
                Flux.<CompletionEvent>just(new Text("Hel"), new Text("lo"), END)
                        .doOnNext(e -> routing.clock().moves(Duration.ofSeconds(1)))));

        routing.verify("sonnet").expectNextCount(4).verifyComplete();

        assertThat(routing.onlyEnd()).returns(START.plusSeconds(3), CompletionEnded::firstPieceAt);
    }

    @Test
    void isToldWithTheReasonOfTheFailure() {
        first.fails(PROVIDER_FAILED);
        second.fails(PROVIDER_FAILED);

        routing.verify("sonnet").thenConsumeWhile(event -> true).verifyError(CompletionException.class);

        assertThat(routing.onlyEnd())
                .returns(Outcome.FAILED, CompletionEnded::outcome)
                .returns(PROVIDER_FAILED, CompletionEnded::failure);
    }

    @Test
    void isToldWithTheModelThatRanAndWhatItCost() {
        var cost = new BigDecimal("0.0123");
        first.plays(Flux.just(
                new Taken(first.self()), new Finished(FinishReason.STOP, null, cost, "claude-sonnet-5-20260101")));

        routing.verify("sonnet").expectNextCount(2).verifyComplete();

        assertThat(routing.onlyEnd())
                .returns("sonnet", CompletionEnded::askedModel)
                .returns("claude-sonnet-5-20260101", CompletionEnded::model)
                .returns(cost, CompletionEnded::costUsd);
    }

    @Test
    void isToldWithWhatWasUsedUpWhenTheClientHungUp() {
        var soFar = new Usage(7, 1, 0, 0, 0);
        first.plays(Flux.<CompletionEvent>just(new Taken(first.self(), Set.of(), soFar))
                .concatWith(Flux.never()));

        routing.verify("sonnet").expectNextCount(1).thenCancel().verify();

        assertThat(routing.onlyEnd().usage()).isEqualTo(soFar);
    }

    @Test
    void isToldWithHowMuchTheClientWasGivenOfWhatItDidNotHearToTheEnd() {
        first.plays(Flux.<CompletionEvent>just(new Taken(first.self()), new Text("Grüße"), new Text("!"))
                .concatWith(Flux.never()));

        routing.verify("sonnet").expectNextCount(3).thenCancel().verify();

        assertThat(routing.onlyEnd().cutOffAfter()).isEqualTo(8);
    }

    @Test
    void isToldWithWhatSomebodySaysOnlyLaterThatItUses() {
        var soFar = new Usage(7, 1, 0, 0, 0);
        first.plays(Flux.<CompletionEvent>just(
                        new Taken(first.self()),
                        new Taken(first.self(), Set.of(), soFar),
                        new CompletionEvent.Text("Hel"))
                .concatWith(Flux.never()));

        routing.verify("sonnet").expectNextCount(3).thenCancel().verify();

        assertThat(routing.onlyEnd().usage()).isEqualTo(soFar);
    }

    @Test
    void isToldWithWhatWasUsedUpByAnAnswerThatFailed() {
        var soFar = new Usage(7, 1, 0, 0, 0);
        first.plays(Flux.concat(
                Flux.<CompletionEvent>just(new Taken(first.self()), new CompletionEvent.Text("Hel")),
                Flux.error(new CompletionException(PROVIDER_FAILED, "It broke.").having(soFar))));

        routing.verify("sonnet").expectNextCount(2).verifyError();

        assertThat(routing.onlyEnd().usage()).isEqualTo(soFar);
    }

    @Test
    void isToldWithTheWholeUsageWhereThereWasAnEnd() {
        var whole = new Usage(7, 20, 0, 0, 0);
        first.plays(Flux.just(
                new Taken(first.self(), Set.of(), new Usage(7, 1, 0, 0, 0)),
                new Finished(FinishReason.STOP, whole, null, null)));

        routing.verify("sonnet").expectNextCount(2).verifyComplete();

        assertThat(routing.onlyEnd().usage()).isEqualTo(whole);
    }

    @Test
    void isToldForEachSubscriberOfAColdAnswer() {
        first.says("Hello");
        var answer = routing.router().complete(Routing.request("sonnet"));
        assertThat(first.asked()).isZero();
        routing.clock().moves(Duration.ofMinutes(1));

        StepVerifier.create(answer).expectNextCount(3).verifyComplete();
        StepVerifier.create(answer).expectNextCount(3).verifyComplete();

        assertThat(first.asked()).isEqualTo(2);
        assertThat(routing.ended())
                .hasSize(2)
                .extracting(CompletionEnded::startedAt)
                .containsOnly(START.plusSeconds(60));
    }

    @Test
    void isACancelWhenTheClientHangsUp() {
        first.stallsAfter("Hel");

        routing.verify("sonnet").expectNextCount(2).thenCancel().verify();

        assertThat(first.cancelled()).isEqualTo(1);
        assertThat(routing.onlyEnd().outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(routing.onlyEnd().answeredBy()).isEqualTo(first.self());
    }

    @Test
    void isACancelWhenTheClientHangsUpBeforeAnybodyTookIt() {
        routing.verify("sonnet").expectSubscription().thenCancel().verify();

        assertThat(first.cancelled()).isEqualTo(1);
        assertThat(routing.onlyEnd().outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(routing.onlyEnd().answeredBy()).isNull();
    }

    @Test
    void reachesTheProviderThatHasTheRequestNow() {
        first.fails(PROVIDER_FAILED);
        second.stallsAfter();

        routing.verify("sonnet").expectNextCount(2).thenCancel().verify();

        assertThat(first.cancelled()).isZero();
        assertThat(second.cancelled()).isEqualTo(1);
    }

    @Test
    void isAnAnswerForWhoHasItAllAndDoesNotWaitForTheStreamToEnd() {
        first.says("Hello");

        routing.verify("sonnet").expectNextCount(3).thenCancel().verify();

        assertThat(routing.onlyEnd().outcome()).isEqualTo(Outcome.ANSWERED);
    }

    @Test
    void isAnAnswerEvenIfSomethingFailsAfterwards() {
        first.plays(Flux.<CompletionEvent>just(new Taken(first.self()), END)
                .concatWith(Flux.error(new IllegalStateException("could not be put away"))));

        routing.verify("sonnet").expectNextCount(2).verifyComplete();

        assertThat(routing.onlyEnd().outcome()).isEqualTo(Outcome.ANSWERED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isToldOnceWhenACancelComesTooLate(boolean failing) {
        var source = TestPublisher.<CompletionEvent>create();
        first.plays(source.flux());
        var subscription = new LateCancel();
        routing.router().complete(Routing.request("sonnet")).subscribe(subscription);
        source.next(new Taken(first.self()));

        if (failing) {
            source.error(new CompletionException(INVALID_REQUEST, "No."));
        } else {
            source.next(END).complete();
        }
        subscription.cancel();

        assertThat(routing.onlyEnd().outcome()).isEqualTo(failing ? Outcome.FAILED : Outcome.ANSWERED);
    }

    @Test
    void isToldOnceWhenEndAndCancelComeTogether() {
        for (int round = 1; round <= 200; round++) {
            var source = TestPublisher.<CompletionEvent>create();
            first.plays(source.flux());
            var subscription = new LateCancel();
            routing.router().complete(Routing.request("sonnet")).subscribe(subscription);

            RaceTestUtils.race(() -> source.next(END).complete(), subscription::cancel);

            assertThat(routing.ended()).hasSize(round);
        }
    }

    @Test
    void isToldWhenWhoeverServesItHasADefect() {
        var answer = routing.router().complete(Routing.request("sonnet"), completion -> {
            throw new IllegalStateException("a defect");
        });

        StepVerifier.create(answer).verifyError(IllegalStateException.class);

        assertThat(routing.onlyEnd()).returns(Outcome.FAILED, CompletionEnded::outcome);
    }

    @Test
    void costsTheClientNothingWhenWhoeverListensFails() {
        first.says("Hello");
        var deaf = routing.routerTelling(CompletionEndedTest::isDeaf, first);

        try (var log = CapturedLog.of(CompletionCourse.class)) {
            StepVerifier.create(deaf.complete(Routing.request("sonnet")))
                    .expectNextCount(3)
                    .verifyComplete();

            assertThat(log.events())
                    .singleElement()
                    .satisfies(line ->
                            assertThat(line.getThrowableProxy().getMessage()).isEqualTo("deaf"));
        }
    }

    private static void isDeaf(CompletionEnded completion) {
        throw new IllegalStateException("deaf");
    }
}
