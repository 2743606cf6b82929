package dev.codewise.proxy.completion;

import static dev.codewise.proxy.completion.Routing.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.fixtures.MovedClock;
import dev.codewise.proxy.completion.CompletionEnded.Outcome;
import dev.codewise.proxy.completion.CompletionEnded.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class CompletionJournalTest {

    private static final Answerer API = new Answerer("anthropic", null);

    private final List<CompletionEnded> ended = new ArrayList<>();
    private final MovedClock clock = new MovedClock(START);
    private final CompletionJournal journal =
            new CompletionJournal(new ModelCatalogue(Map.of()), (origin, model, demand) -> {}, ended::add, clock);

    @Test
    void tellsOfAnAnswerWithItsTimes() {
        followed(entry -> {
                    entry.takenBy(API);
                    clock.moves(Duration.ofSeconds(1));
                    entry.given(5);
                    clock.moves(Duration.ofSeconds(2));
                    entry.given(5);
                    entry.finished(FinishReason.STOP, null);
                    entry.answered();
                    return Mono.empty();
                })
                .verifyComplete();

        assertThat(ended)
                .containsExactly(EndedRequest.named("req_a")
                        .by(API, 0)
                        .at(START, START.plusSeconds(1), START.plusSeconds(3))
                        .telling(new Told(null, FinishReason.STOP, null, null))
                        .build());
    }

    @Test
    void takesWhatNobodyAnsweredForAFailure() {
        followed(entry -> Mono.empty()).verifyComplete();

        assertThat(outcomes()).containsExactly(Outcome.FAILED);
    }

    @Test
    void tellsOfFailuresOnce() {
        followed(entry -> {
                    entry.takenBy(API);
                    entry.failed(new IllegalStateException("cut"));
                    return Mono.empty();
                })
                .verifyComplete();
        followed(entry -> Mono.error(new IllegalStateException("away"))).verifyError(IllegalStateException.class);

        assertThat(outcomes()).containsExactly(Outcome.FAILED, Outcome.FAILED);
    }

    @Test
    void takesWhatIsThrownForAFailureToo() {
        followed(entry -> {
                    throw new IllegalStateException("a defect");
                })
                .verifyError(IllegalStateException.class);

        assertThat(outcomes()).containsExactly(Outcome.FAILED);
    }

    @Test
    void tellsOfAClientThatHangsUp() {
        followed(entry -> Mono.never()).thenCancel().verify();
        followed(entry -> {
                    entry.takenBy(API);
                    entry.cancelled();
                    return Mono.error(new IllegalStateException("nobody there to write to"));
                })
                .verifyError();

        assertThat(outcomes()).containsExactly(Outcome.CANCELLED, Outcome.CANCELLED);
    }

    @Test
    void takesAnAnswerThatNobodyHeardToItsEndForACancel() {
        followed(entry -> {
                    entry.takenBy(API);
                    return Mono.empty();
                })
                .verifyComplete();

        assertThat(outcomes()).containsExactly(Outcome.CANCELLED);
    }

    @Test
    void tellsHowMuchTheClientWasGivenOfAnAnswerThatWasCutOff() {
        followed(entry -> {
                    entry.takenBy(API);
                    entry.given(1000);
                    entry.given(24);
                    return Mono.never();
                })
                .thenCancel()
                .verify();

        assertThat(ended).extracting(CompletionEnded::cutOffAfter).containsExactly(1024L);
    }

    private List<Outcome> outcomes() {
        return ended.stream().map(CompletionEnded::outcome).toList();
    }

    private StepVerifier.FirstStep<Void> followed(Function<CompletionJournal.Entry, Mono<Void>> answering) {
        return StepVerifier.create(
                journal.follow(Origins.origin("req_a"), "sonnet", () -> Demand.ofBytes(0, null), answering));
    }
}
