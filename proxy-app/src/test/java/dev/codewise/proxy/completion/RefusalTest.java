package dev.codewise.proxy.completion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.completion.CompletionEnded.Outcome;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionException.Reason;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class RefusalTest {

    private static final CompletionEvent HALF = new Text("Hel");

    @Test
    void isTheEndOfWhatWasSaid() {
        var refusal = new CompletionException(Reason.REFUSED, "No.");

        StepVerifier.create(Refusal.asEnd(Flux.just(HALF).concatWith(Flux.error(refusal))))
                .expectNext(HALF, new Finished(FinishReason.CONTENT_FILTER, null, null, null))
                .verifyComplete();
    }

    @Test
    void isToldAsTheReasonWhyTheAnswerEnded() {
        var routing = new Routing();
        var fleet = new ScriptedFleet("a").failing("a", Reason.REFUSED);

        routing.routerTo(fleet)
                .complete(Routing.request("sonnet"), Refusal::asEnd)
                .blockLast();

        assertThat(routing.onlyEnd().outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(routing.onlyEnd().finishReason()).isEqualTo(FinishReason.CONTENT_FILTER);
    }

    @Test
    void isNothingElseThanThat() {
        var failure = new CompletionException(Reason.PROVIDER_FAILED, "Broken.");

        StepVerifier.create(Refusal.asEnd(Flux.error(failure))).verifyErrorMessage("Broken.");
        StepVerifier.create(Refusal.asEnd(Flux.error(new IllegalStateException("a defect"))))
                .verifyErrorMessage("a defect");
    }
}
