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
    public Flux<CompletionEvent> of(CompletionRequest asked, AnswerForm form, FieldNames names) {
        Flux<CompletionEvent> completion =
                router.complete(asked).onErrorResume(Completions::isRefusal, refusal -> Flux.just(NOTHING_MORE));
        return form.checked(completion)
                .onErrorMap(CompletionException.class, failure -> OpenAiRefusal.of(failure, names));
    }

    /** A model that will not answer has still come to its end: clients know that as a finish reason. */
    private static boolean isRefusal(Throwable failure) {
        return failure instanceof CompletionException known && known.reason() == Reason.REFUSED;
    }
}
