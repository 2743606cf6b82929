package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.CompletionRouter;
import dev.codewise.proxy.completion.Refusal;
import reactor.core.publisher.Flux;

/** Completions as OpenAI's clients know them: they have the form that was demanded, and a refusal is an end. */
public final class Completions {

    private final CompletionRouter router;

    Completions(CompletionRouter router) {
        this.router = router;
    }

    /** The answer, or a failure that says by these names what of the request it is about. */
    public Flux<CompletionEvent> of(CompletionRequest asked, AnswerForm form, AnswerLimit limit, FieldNames names) {
        return router.complete(asked, answer -> form.checked(limit.kept(Refusal.asEnd(answer))))
                .onErrorMap(CompletionException.class, failure -> OpenAiRefusal.of(failure, names));
    }
}
