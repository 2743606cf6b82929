package dev.codewise.proxy.openai.responses;

import dev.codewise.proxy.completion.AnswerLimit;
import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.images.RemoteImages;
import dev.codewise.proxy.openai.AnswerSchemas;
import dev.codewise.proxy.openai.Completions;
import dev.codewise.proxy.openai.FieldNames;
import dev.codewise.proxy.openai.Strictness;
import dev.codewise.proxy.openai.UsualModel;
import dev.codewise.proxy.openai.WithoutEffect;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What is asked for a response, from its request to the events of its answer, which name what has no effect. */
final class AskedCompletions {

    /** A response is held until it is over, with how long each of its pieces was. */
    private static final AnswerLimit LIMIT =
            new AnswerLimit(16 * 1024 * 1024, 16, "The answer is longer than a response can be.");

    private final RemoteImages images;
    private final AnswerSchemas schemas;
    private final Completions completions;
    private final Strictness strictness;
    private final UsualModel usual;

    AskedCompletions(
            RemoteImages images,
            AnswerSchemas schemas,
            Completions completions,
            Strictness strictness,
            UsualModel usual) {
        this.usual = usual;
        this.images = images;
        this.schemas = schemas;
        this.completions = completions;
        this.strictness = strictness;
    }

    /** With the images in it that it only names. */
    Mono<ResponseQuestion> understood(ResponseRequest sent) {
        ResponseRequest request = sent.with(usual.or(sent.model()));
        return images.fetch(InputImages.in(request.input()))
                .then(schemas.reading(request.format(), () -> ResponseQuestion.of(request, schemas)));
    }

    NamedCompletion of(ResponseQuestion question, CompletionRequest asked, ServerHttpResponse response) {
        strictness.check(question.ignored());
        var withoutEffect = new WithoutEffect(question.ignored(), question::nameOf, response);
        withoutEffect.announce();
        Flux<CompletionEvent> events = completions
                .of(asked, FieldNames.RESPONSES, answer -> served(answer, question))
                .map(withoutEffect::of);
        return new NamedCompletion(events, withoutEffect::late);
    }

    private Flux<CompletionEvent> served(Flux<CompletionEvent> answer, ResponseQuestion question) {
        return question.form().checked(LIMIT.kept(strictness.checked(answer, question::nameOf)));
    }
}
