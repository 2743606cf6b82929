package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.AnswerLimit;
import dev.codewise.proxy.completion.Client;
import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.openai.Repeats.OwnedKey;
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

    /**
     * Answers a question.
     *
     * @param sent the question as it came, in which images that it only names may still be missing
     * @param whole the same with all of its images, which costs something; not needed for one that is asked again
     */
    Mono<Void> answer(Question sent, Mono<Question> whole, ServerWebExchange exchange) {
        strictness.check(sent.ignored());
        String key = keyOf(exchange);
        return key == null ? answerOnce(whole, exchange) : answerUnder(key, sent, whole, exchange);
    }

    private Mono<Void> answerOnce(Mono<Question> whole, ServerWebExchange exchange) {
        return whole.flatMap(
                question -> written(question, completionOf(question, limitOf(question.delivery())), exchange));
    }

    private Mono<Void> answerUnder(String word, Question sent, Mono<Question> whole, ServerWebExchange exchange) {
        return Mono.fromSupplier(() -> sent.under(new OwnedKey(clientOf(sent), word)))
                .map(known -> repeats.of(known, () -> whole.flatMapMany(this::repeatable)))
                .flatMap(run -> written(sent.named(run.id()), run.watch(), exchange));
    }

    private Flux<CompletionEvent> repeatable(Question question) {
        return completionOf(question, Repeats.LIMIT);
    }

    private static @Nullable String keyOf(ServerWebExchange exchange) {
        String key = exchange.getRequest().getHeaders().getFirst(KEY);
        if (key != null && (key.isBlank() || key.length() > LONGEST_KEY)) {
            throw Refusals.mustBe(KEY, "of 1 to " + LONGEST_KEY + " characters");
        }
        return key;
    }

    private static Client clientOf(Question sent) {
        return sent.asked().origin().client();
    }

    private Mono<Void> written(Question question, Flux<CompletionEvent> completion, ServerWebExchange exchange) {
        ServerHttpResponse response = exchange.getResponse();
        var withoutEffect = new WithoutEffect(question.ignored(), question::nameOf, response);
        withoutEffect.announce();
        Flux<CompletionEvent> named = completion.map(withoutEffect::of);
        return switch (question.delivery()) {
            case IN_ONE_PIECE -> writer.inOnePiece(question, named, response);
            case AS_STREAM, AS_STREAM_WITH_USAGE -> writer.asStream(question, named, withoutEffect::late, response);
        };
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
