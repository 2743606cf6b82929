package dev.codewise.proxy.openai.responses;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.CompletionRouter;
import dev.codewise.proxy.completion.FinishReason;
import dev.codewise.proxy.web.RequestId;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Serves {@code POST /v1/responses}. */
@RestController
final class ResponsesController {

    private static final CompletionEvent NOTHING_MORE = new Finished(FinishReason.CONTENT_FILTER, null, null, null);

    private final CompletionRouter router;
    private final ResponseRuns runs;
    private final KeptItems kept;
    private final RunningResponses running;
    private final ResponseAnswers answers;

    ResponsesController(
            CompletionRouter router,
            ResponseRuns runs,
            KeptItems kept,
            RunningResponses running,
            ResponseAnswers answers) {
        this.router = router;
        this.runs = runs;
        this.kept = kept;
        this.running = running;
        this.answers = answers;
    }

    @PostMapping(path = "/v1/responses", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<Void> create(@RequestBody ResponseRequest request, ServerWebExchange exchange) {
        var question = ResponseQuestion.of(request);
        return kept.upTo(request.previousResponseId()).flatMap(before -> answer(question, before, exchange));
    }

    private Mono<Void> answer(ResponseQuestion question, List<JsonNode> before, ServerWebExchange exchange) {
        String requestId = RequestId.of(exchange);
        Flux<CompletionEvent> completion = completion(question.after(before, requestId));
        ResponseRun run = runs.begin(question, ResponseId.of(requestId));
        ResponseAnswers.nameIgnored(question.ignored(), run, exchange);
        return question.request().wantsToBeKept()
                ? Mono.using(
                        () -> running.add(run), known -> answer(question, known, completion, exchange), running::remove)
                : answer(question, run, completion, exchange);
    }

    private Mono<Void> answer(
            ResponseQuestion question, ResponseRun run, Flux<CompletionEvent> completion, ServerWebExchange exchange) {
        return question.request().wantsStream()
                ? answers.asStream(run, completion, exchange)
                : answers.inOnePiece(run, completion, exchange);
    }

    private Flux<CompletionEvent> completion(CompletionRequest asked) {
        return router.complete(asked).onErrorResume(ResponsesController::isRefusal, refusal -> Flux.just(NOTHING_MORE));
    }

    /** A model that will not answer has still come to its end: clients know that as an incomplete response. */
    private static boolean isRefusal(Throwable failure) {
        return failure instanceof CompletionException known && known.reason() == Reason.REFUSED;
    }
}
