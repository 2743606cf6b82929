package dev.codewise.proxy.openai;

import dev.codewise.proxy.web.RequestId;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Serves {@code POST /v1/chat/completions}. */
@RestController
final class ChatController {

    private final ChatAnswers answers;
    private final AnswerSchemas schemas;

    ChatController(ChatAnswers answers, AnswerSchemas schemas) {
        this.answers = answers;
        this.schemas = schemas;
    }

    @PostMapping(path = "/v1/chat/completions", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<Void> complete(@RequestBody ChatRequest request, ServerWebExchange exchange) {
        return answers.answer(ChatQuestion.of(request, RequestId.of(exchange), schemas), exchange);
    }
}
