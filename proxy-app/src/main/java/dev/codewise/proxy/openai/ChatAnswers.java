package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.AnswerLimit;
import dev.codewise.proxy.completion.CompletionEvent;
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

    private final Completions completions;
    private final AnswerWriter writer;
    private final Repeats repeats;
    private final Strictness strictness;

    ChatAnswers(Completions completions, AnswerWriter writer, Repeats repeats, Strictness strictness) {
        this.completions = completions;
        this.writer = writer;
        this.repeats = repeats;
        this.strictness = strictness;
    }

    Mono<Void> answer(Question question, ServerWebExchange exchange) {
        ServerHttpResponse response = exchange.getResponse();
        strictness.check(question.ignored());
        var withoutEffect = new WithoutEffect(question.ignored(), question::nameOf, response);
        withoutEffect.announce();
        String key = keyOf(exchange);
        return key == null
                ? written(question, completionOf(question, limitOf(question.delivery())), withoutEffect, response)
                : ownerOf(exchange)
                        .map(owner -> runOf(owner + " " + key, question))
                        .flatMap(run -> written(question.named(run.id()), run.watch(), withoutEffect, response));
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

    private Mono<Void> written(
            Question question,
            Flux<CompletionEvent> completion,
            WithoutEffect withoutEffect,
            ServerHttpResponse response) {
        Flux<CompletionEvent> named = completion.map(withoutEffect::of);
        return switch (question.delivery()) {
            case IN_ONE_PIECE -> writer.inOnePiece(question, named, response);
            case AS_STREAM, AS_STREAM_WITH_USAGE -> writer.asStream(question, named, withoutEffect::late, response);
        };
    }

    private Run runOf(String key, Question question) {
        return repeats.of(key, question, () -> completionOf(question, Repeats.LIMIT));
    }

    private Flux<CompletionEvent> completionOf(Question question, AnswerLimit limit) {
        return completions.of(question.asked(), question.format().names(), answer -> served(answer, question, limit));
    }

    private Flux<CompletionEvent> served(Flux<CompletionEvent> answer, Question question, AnswerLimit limit) {
        Flux<CompletionEvent> heeding = strictness.checked(answer, question::nameOf);
        return question.form().checked(limit.kept(question.format().checked(heeding)));
    }

    private static AnswerLimit limitOf(Delivery delivery) {
        return switch (delivery) {
            case IN_ONE_PIECE -> AnswerLimit.ONE_PIECE;
            case AS_STREAM, AS_STREAM_WITH_USAGE -> AnswerLimit.NONE;
        };
    }
}
