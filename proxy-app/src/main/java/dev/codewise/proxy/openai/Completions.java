package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.CompletionRouter;
import dev.codewise.proxy.completion.FinishReason;
import reactor.core.publisher.Flux;

/** Completions as OpenAI's clients know them: they have the form that was demanded, and a refusal is an end. */
public final class Completions {

    private static final CompletionEvent NOTHING_MORE = new Finished(FinishReason.CONTENT_FILTER, null, null, null);

    private final CompletionRouter router;

    Completions(CompletionRouter router) {
        this.router = router;
    }

    /** The answer, or a failure that says by these names what of the request it is about. */
    public Flux<CompletionEvent> of(CompletionRequest asked, AnswerForm form, AnswerLimit limit, FieldNames names) {
        return router.complete(asked, answer -> form.checked(limit.kept(endedByRefusal(answer))))
                .onErrorMap(CompletionException.class, failure -> OpenAiRefusal.of(failure, names));
    }

    private static Flux<CompletionEvent> endedByRefusal(Flux<CompletionEvent> answer) {
        return answer.onErrorResume(Completions::isRefusal, refusal -> Flux.just(NOTHING_MORE));
    }

    /** A model that will not answer has still come to its end: clients know that as a finish reason. */
    private static boolean isRefusal(Throwable failure) {
        return failure instanceof CompletionException known && known.reason() == Reason.REFUSED;
    }
}
