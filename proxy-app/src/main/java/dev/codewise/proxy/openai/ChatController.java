package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.CompletionRouter;
import dev.codewise.proxy.completion.FinishReason;
import dev.codewise.proxy.web.RequestId;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Serves {@code POST /v1/chat/completions}. */
@RestController
final class ChatController {

    private static final CompletionEvent NOTHING_MORE = new Finished(FinishReason.CONTENT_FILTER, null, null, null);

    private final CompletionRouter router;
    private final ChatAnswers answers;

    ChatController(CompletionRouter router, ChatAnswers answers) {
        this.router = router;
        this.answers = answers;
    }

    @PostMapping(path = "/v1/chat/completions", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<Void> complete(@RequestBody ChatRequest request, ServerWebExchange exchange) {
        CompletionRequest question = ChatQuestion.of(request, RequestId.of(exchange));
        Flux<CompletionEvent> completion =
                router.complete(question).onErrorResume(ChatController::isRefusal, refusal -> Flux.just(NOTHING_MORE));
        return request.wantsStream()
                ? answers.asStream(request, completion, exchange)
                : answers.inOnePiece(request, completion, exchange);
    }

    /** A model that will not answer has still come to its end: clients know that as a finish reason. */
    private static boolean isRefusal(Throwable failure) {
        return failure instanceof CompletionException known && known.reason() == Reason.REFUSED;
    }
}
