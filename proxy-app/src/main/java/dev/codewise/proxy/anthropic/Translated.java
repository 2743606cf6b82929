package dev.codewise.proxy.anthropic;

import dev.codewise.proxy.access.Caller;
import dev.codewise.proxy.completion.CompletionRouter;
import dev.codewise.proxy.completion.Refusal;
import dev.codewise.proxy.completion.Surface;
import dev.codewise.proxy.images.RemoteImages;
import dev.codewise.proxy.web.RequestRefused;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Puts requests into the words of the domain, and the answers of whoever takes them into those of the Messages API. */
final class Translated implements Messages {

    private final RemoteImages images;
    private final CompletionRouter router;
    private final MessageAnswers answers;
    private final JsonMapper json;

    Translated(RemoteImages images, CompletionRouter router, MessageAnswers answers, JsonMapper json) {
        this.images = images;
        this.router = router;
        this.answers = answers;
        this.json = json;
    }

    @Override
    public Mono<Void> answer(byte[] body, ServerWebExchange exchange) {
        JsonNode read = Question.read(body, json);
        return images.fetch(RemoteSources.in(read)).then(Mono.defer(() -> answer(read, exchange)));
    }

    private Mono<Void> answer(JsonNode body, ServerWebExchange exchange) {
        var question = Question.in(body, Caller.originOf(exchange, Surface.MESSAGES));
        Served completion = server -> router.complete(question.asked(), answer -> server.apply(Refusal.asEnd(answer)));
        return question.wantsStream()
                ? answers.asStream(question, completion, exchange)
                : answers.inOnePiece(question, completion, exchange);
    }

    /** Only the model's own provider can count; an estimate would be taken for the truth. Clients do not repeat a 404. */
    @Override
    public Mono<Void> count(byte[] body, ServerWebExchange exchange) {
        return Mono.error(() -> new RequestRefused(
                HttpStatus.NOT_FOUND,
                "Tokens are counted by the Claude API only. The operator of this proxy can set ANTHROPIC_API_KEY."));
    }
}
