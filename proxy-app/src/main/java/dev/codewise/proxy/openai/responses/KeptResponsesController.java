package dev.codewise.proxy.openai.responses;

import dev.codewise.proxy.openai.Refusals;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Serves what is done with a response by its id: read it, hear it once more, cancel it, delete it. */
@RestController
final class KeptResponsesController {

    /** That a response is not kept any more. */
    record Deleted(String id, String object, boolean deleted) {}

    private final ResponseArchive archive;
    private final KeptItems kept;
    private final RunningResponses running;
    private final ResponseAnswers answers;
    private final JsonMapper json;

    KeptResponsesController(
            ResponseArchive archive,
            KeptItems kept,
            RunningResponses running,
            ResponseAnswers answers,
            JsonMapper json) {
        this.archive = archive;
        this.kept = kept;
        this.running = running;
        this.answers = answers;
        this.json = json;
    }

    /** One that is not over yet has nothing to say but that. */
    @GetMapping(path = "/v1/responses/{id}", params = "stream!=true")
    Mono<Void> one(@PathVariable String id, ServerWebExchange exchange) {
        var name = OwnedId.of(id, exchange);
        return running.find(name)
                .map(run -> Mono.just(run.head()))
                .orElseGet(() -> archive.get(name).map(kept::whole))
                .flatMap(response -> answers.whole(response, exchange));
    }

    /** One that is not over yet is told when it is. */
    @GetMapping(path = "/v1/responses/{id}", params = "stream=true")
    Mono<Void> onceMore(
            @PathVariable String id,
            @RequestParam(name = "starting_after", required = false) @Nullable Long startingAfter,
            ServerWebExchange exchange) {
        if (startingAfter != null && startingAfter < 0) {
            throw Refusals.invalid("starting_after", "\"starting_after\" must be the number of an event.");
        }
        var name = OwnedId.of(id, exchange);
        Flux<ObjectNode> told =
                running.awaitEnd(name).then(Mono.defer(() -> archive.get(name))).flatMapMany(this::replay);
        return answers.onceMore(told, startingAfter == null ? 0 : startingAfter + 1, exchange);
    }

    private Flux<ObjectNode> replay(StoredResponse response) {
        return new Replay(kept.whole(response), json.readTree(response.pieces())).events();
    }

    /** One that is over is left as it is, and told. */
    @PostMapping("/v1/responses/{id}/cancel")
    Mono<Void> cancel(@PathVariable String id, ServerWebExchange exchange) {
        var name = OwnedId.of(id, exchange);
        return running.cancel(name)
                .then(Mono.defer(() -> archive.get(name)))
                .flatMap(response -> answers.whole(kept.whole(response), exchange));
    }

    /** One that is not over yet would be kept after this, so it is ended first. */
    @DeleteMapping("/v1/responses/{id}")
    Mono<Deleted> delete(@PathVariable String id, ServerWebExchange exchange) {
        var name = OwnedId.of(id, exchange);
        return running.cancel(name).then(archive.delete(name)).thenReturn(new Deleted(id, "response", true));
    }
}
