package dev.codewise.proxy.openai.responses;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.images.RemoteImages;
import dev.codewise.proxy.openai.AnswerLimit;
import dev.codewise.proxy.openai.AnswerSchemas;
import dev.codewise.proxy.openai.Completions;
import dev.codewise.proxy.openai.FieldNames;
import dev.codewise.proxy.openai.WithoutEffect;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What is asked for a response, from its request to the events of its answer, which name what has no effect. */
final class AskedCompletions {

    private final RemoteImages images;
    private final AnswerSchemas schemas;
    private final Completions completions;
    private final boolean strict;

    AskedCompletions(RemoteImages images, AnswerSchemas schemas, Completions completions, boolean strict) {
        this.images = images;
        this.schemas = schemas;
        this.completions = completions;
        this.strict = strict;
    }

    /** With the images in it that it only names. */
    Mono<ResponseQuestion> understood(ResponseRequest request) {
        return images.fetch(InputImages.in(request.input()))
                .then(Mono.fromCallable(() -> ResponseQuestion.of(request, schemas)));
    }

    NamedCompletion of(ResponseQuestion question, CompletionRequest asked, ServerHttpResponse response) {
        var withoutEffect = new WithoutEffect(question.ignored(), ResponseWishes::nameOf, response, strict);
        withoutEffect.announce();
        Flux<CompletionEvent> events = completions
                .of(asked, question.form(), AnswerLimit.RESPONSE, FieldNames.RESPONSES)
                .map(withoutEffect::of);
        return new NamedCompletion(events, withoutEffect::late);
    }
}
