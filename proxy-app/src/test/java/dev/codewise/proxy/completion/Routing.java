package dev.codewise.proxy.completion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.fixtures.MovedClock;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import reactor.test.StepVerifier;

/** A router with two scripted providers, a clock that stands still, and what it told of the ends of requests. */
final class Routing {

    static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    /** What a scripted provider says last. */
    static final CompletionEvent END =
            new Finished(FinishReason.STOP, ScriptedProvider.USAGE, null, ScriptedProvider.MODEL);

    private static final ModelCatalogue MODELS = new ModelCatalogue(Map.of("gpt-4o", "sonnet"));

    private final ScriptedProvider first = new ScriptedProvider("first");
    private final ScriptedProvider second = new ScriptedProvider("second");
    private final List<CompletionEnded> ended = new ArrayList<>();
    private final MovedClock clock = new MovedClock(START);
    private Admission admission = (origin, model, demand) -> {};

    /** From now on this decides what may begin. */
    void decides(Admission other) {
        admission = other;
    }

    CompletionJournal journal() {
        return new CompletionJournal(MODELS, admission, ended::add, clock);
    }

    ScriptedProvider first() {
        return first;
    }

    ScriptedProvider second() {
        return second;
    }

    MovedClock clock() {
        return clock;
    }

    List<CompletionEnded> ended() {
        return ended;
    }

    CompletionEnded onlyEnd() {
        assertThat(ended).hasSize(1);
        return ended.get(0);
    }

    StepVerifier.FirstStep<CompletionEvent> verify(String model) {
        return StepVerifier.create(router().complete(request(model)));
    }

    CompletionRouter router() {
        return routerTo(first, second);
    }

    CompletionRouter routerTo(Provider... providers) {
        return routerTelling(ended::add, providers);
    }

    CompletionRouter routerTelling(CompletionListener listener, Provider... providers) {
        return new CompletionRouter(List.of(providers), MODELS, admission, listener, clock);
    }

    static CompletionRequest request(String model) {
        return new CompletionRequest(Origins.origin("req_a"), model, null, List.of(Turn.user("Hi")));
    }
}
