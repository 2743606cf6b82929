package dev.codewise.proxy.openai.responses;

import dev.codewise.proxy.openai.responses.ItemPage.Wanted;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Serves {@code GET /v1/responses/{id}/input_items}: what was asked, without what the responses before it were asked. */
@RestController
final class InputItemsController {

    private final RunningResponses running;
    private final ResponseArchive archive;
    private final KeptItems kept;

    InputItemsController(RunningResponses running, ResponseArchive archive, KeptItems kept) {
        this.running = running;
        this.archive = archive;
        this.kept = kept;
    }

    /** Of a response that is not over yet, they are told when it is. */
    @GetMapping("/v1/responses/{id}/input_items")
    Mono<ItemPage> list(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String order,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable String before,
            ServerWebExchange exchange) {
        var wanted = new Wanted(limit, order, after, before);
        var name = OwnedId.of(id, exchange);
        return running.awaitEnd(name)
                .then(Mono.defer(() -> archive.get(name)))
                .map(kept::input)
                .map(wanted::of);
    }
}
