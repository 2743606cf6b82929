package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.completion.CompletionRouter;
import dev.codewise.proxy.completion.FinishReason;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Answers what clients ask, each in the format and the way it wants its answer, and what is sent twice under one key once. */
final class ChatAnswers {

    static final String KEY = "Idempotency-Key";

    private static final int LONGEST_KEY = 255;
    private static final CompletionEvent NOTHING_MORE = new Finished(FinishReason.CONTENT_FILTER, null, null, null);

    private final CompletionRouter router;
    private final AnswerWriter writer;
    private final Repeats repeats;
    private final boolean strict;

    ChatAnswers(CompletionRouter router, AnswerWriter writer, Repeats repeats, boolean strict) {
        this.router = router;
        this.writer = writer;
        this.repeats = repeats;
        this.strict = strict;
    }

    Mono<Void> answer(Question question, ServerWebExchange exchange) {
        ServerHttpResponse response = exchange.getResponse();
        var withoutEffect = new WithoutEffect(question, response, strict);
        withoutEffect.announce();
        String key = keyOf(exchange);
        return key == null
                ? written(question, completionOf(question).map(withoutEffect::of), response)
                : ownerOf(exchange)
                        .map(owner -> repeats.of(owner + " " + key, question, () -> completionOf(question)))
                        .flatMap(run ->
                                written(question.named(run.id()), run.watch().map(withoutEffect::of), response));
    }

    private static @Nullable String keyOf(ServerWebExchange exchange) {
        String key = exchange.getRequest().getHeaders().getFirst(KEY);
        if (key != null && (key.isBlank() || key.length() > LONGEST_KEY)) {
            throw Refusals.mustBe(KEY, "of 1 to " + LONGEST_KEY + " characters");
        }
        return key;
    }

    /** Nobody comes across another's answers. */
    private static Mono<String> ownerOf(ServerWebExchange exchange) {
        return exchange.getPrincipal().map(Principal::getName).defaultIfEmpty("");
    }

    private Mono<Void> written(Question question, Flux<CompletionEvent> completion, ServerHttpResponse response) {
        return switch (question.delivery()) {
            case IN_ONE_PIECE -> writer.inOnePiece(question, completion, response);
            case AS_STREAM, AS_STREAM_WITH_USAGE -> writer.asStream(question, completion, response);
        };
    }

    private Flux<CompletionEvent> completionOf(Question question) {
        Flux<CompletionEvent> completion = router.complete(question.asked())
                .onErrorResume(ChatAnswers::isRefusal, refusal -> Flux.just(NOTHING_MORE));
        return question.form().checked(completion);
    }

    /** A model that will not answer has still come to its end: clients know that as a finish reason. */
    private static boolean isRefusal(Throwable failure) {
        return failure instanceof CompletionException known && known.reason() == Reason.REFUSED;
    }
}
