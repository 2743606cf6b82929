package dev.codewise.proxy.openai;

import dev.codewise.proxy.access.Caller;
import dev.codewise.proxy.completion.Surface;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Serves {@code POST /v1/completions}, for clients that know no chats. */
@RestController
final class PromptController {

    private final ChatAnswers answers;
    private final UsualModel usual;

    PromptController(ChatAnswers answers, UsualModel usual) {
        this.answers = answers;
        this.usual = usual;
    }

    @PostMapping(path = "/v1/completions", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<Void> complete(@RequestBody PromptRequest request, ServerWebExchange exchange) {
        Question question =
                request.with(usual.or(request.model())).question(Caller.originOf(exchange, Surface.COMPLETIONS));
        return answers.answer(question, Mono.just(question), exchange);
    }
}
