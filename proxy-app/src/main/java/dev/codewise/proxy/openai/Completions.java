package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.CompletionRouter;
import dev.codewise.proxy.completion.Refusal;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;

/** Completions as OpenAI's clients know them: a refusal is an end, and a failure names their fields. */
public final class Completions {

    private final CompletionRouter router;

    Completions(CompletionRouter router) {
        this.router = router;
    }

    /**
     * The answer, or a failure that says by these names what of the request it is about.
     *
     * @param served what may fail while it is served, so that the request has failed then
     */
    public Flux<CompletionEvent> of(
            CompletionRequest asked, FieldNames names, UnaryOperator<Flux<CompletionEvent>> served) {
        return router.complete(asked, answer -> served.apply(Refusal.asEnd(answer)))
                .onErrorMap(CompletionException.class, failure -> OpenAiRefusal.of(failure, names));
    }
}
