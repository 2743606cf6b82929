package dev.codewise.proxy.openai;

import dev.codewise.proxy.access.Caller;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.ModelCatalogue;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Serves {@code GET /v1/models} and {@code GET /v1/models/{id}}, in Anthropic's shape to clients of theirs. */
@RestController
final class ModelsController {

    private static final String OF_ANTHROPIC = "anthropic-version";

    /** The models to choose from. */
    record Models(String object, List<Model> data) {}

    /** One of them; its time says nothing and never changes, for clients insist on one. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Model(String id, String object, long created, String ownedBy) {

        private static final long FIRST_DAY_OF_2025 = 1_735_689_600L;

        static Model named(String id) {
            return new Model(id, "model", FIRST_DAY_OF_2025, "anthropic");
        }
    }

    private final ModelCatalogue catalogue;

    ModelsController(ModelCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    @GetMapping("/v1/models")
    Models all(ServerWebExchange exchange) {
        return new Models("list", offered(exchange).stream().map(Model::named).toList());
    }

    @GetMapping(path = "/v1/models", headers = OF_ANTHROPIC)
    AnthropicModels allForAnthropic(ServerWebExchange exchange) {
        return AnthropicModels.named(offered(exchange));
    }

    @GetMapping("/v1/models/{id}")
    Model one(@PathVariable String id, ServerWebExchange exchange) {
        return Model.named(known(id, exchange));
    }

    @GetMapping(path = "/v1/models/{id}", headers = OF_ANTHROPIC)
    AnthropicModels.Model oneForAnthropic(@PathVariable String id, ServerWebExchange exchange) {
        return AnthropicModels.Model.named(known(id, exchange));
    }

    private List<String> offered(ServerWebExchange exchange) {
        return catalogue.offeredTo(Caller.of(exchange).client());
    }

    /** Also those that are known without being offered, such as Claude's full names. */
    private String known(String id, ServerWebExchange exchange) {
        return catalogue
                .find(id, Caller.of(exchange).client())
                .map(model -> id)
                .orElseThrow(() -> CompletionException.unknownModel(id));
    }
}
