package dev.codewise.proxy.access;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.codewise.proxy.access.Tokens.Made;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Serves an operator who looks after the tokens of agents. */
@RestController
@RequestMapping("/api/admin/agent-tokens")
class TokenController {

    /** A token with what is told this once. */
    record Told(@JsonProperty String token, @JsonUnwrapped AgentToken about) {

        static Told of(Made made) {
            return new Told(made.text(), made.token());
        }

        @Override
        public String toString() {
            return about.id();
        }
    }

    /** All of them, the newest first. */
    record Listed(List<AgentToken> tokens) {}

    private final Tokens tokens;
    private final Actors actors;

    TokenController(Tokens tokens, Actors actors) {
        this.tokens = tokens;
        this.actors = actors;
    }

    @GetMapping
    Mono<Listed> all() {
        return tokens.all().collectList().map(Listed::new);
    }

    @GetMapping("/{id}")
    Mono<AgentToken> one(@PathVariable String id) {
        return tokens.one(id);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Mono<Told> make(@RequestBody JsonNode body, ServerWebExchange exchange) {
        return actors.of(exchange).flatMap(actor -> tokens.make(actor, body)).map(Told::of);
    }

    @PatchMapping("/{id}")
    Mono<AgentToken> change(@PathVariable String id, @RequestBody JsonNode body, ServerWebExchange exchange) {
        return actors.of(exchange).flatMap(actor -> tokens.change(actor, id, body));
    }

    @DeleteMapping("/{id}")
    Mono<AgentToken> revoke(@PathVariable String id, ServerWebExchange exchange) {
        return actors.of(exchange).flatMap(actor -> tokens.revoke(actor, id));
    }
}
