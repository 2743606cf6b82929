package dev.codewise.proxy.openai.responses;

import dev.codewise.proxy.access.Caller;
import dev.codewise.proxy.completion.Origin;
import dev.codewise.proxy.completion.Surface;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Serves {@code POST /v1/responses}. */
@RestController
final class ResponsesController {

    private final AskedCompletions completions;
    private final KeptItems kept;
    private final ResponseRuns runs;
    private final RunningResponses running;
    private final ResponseAnswers answers;

    ResponsesController(
            AskedCompletions completions,
            KeptItems kept,
            ResponseRuns runs,
            RunningResponses running,
            ResponseAnswers answers) {
        this.completions = completions;
        this.kept = kept;
        this.runs = runs;
        this.running = running;
        this.answers = answers;
    }

    @PostMapping(path = "/v1/responses", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<Void> create(@RequestBody ResponseRequest request, ServerWebExchange exchange) {
        return completions.understood(request).flatMap(question -> answer(question, exchange));
    }

    private Mono<Void> answer(ResponseQuestion question, ServerWebExchange exchange) {
        String owner = Caller.of(exchange).owner();
        return kept.upTo(question.request().previousResponseId(), owner)
                .flatMap(before -> answer(question, before, exchange));
    }

    private Mono<Void> answer(ResponseQuestion question, List<JsonNode> before, ServerWebExchange exchange) {
        Origin origin = Caller.originOf(exchange, Surface.RESPONSES);
        NamedCompletion completion = completions.of(question, question.after(before, origin), exchange.getResponse());
        ResponseRun run = runs.begin(question, origin);
        return question.request().wantsToBeKept()
                ? Mono.using(
                        () -> running.add(run), known -> answer(question, known, completion, exchange), running::remove)
                : answer(question, run, completion, exchange);
    }

    private Mono<Void> answer(
            ResponseQuestion question, ResponseRun run, NamedCompletion completion, ServerWebExchange exchange) {
        return question.request().wantsStream()
                ? answers.asStream(run, completion, exchange)
                : answers.inOnePiece(run, completion, exchange);
    }
}
