package dev.codewise.proxy.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.codewise.proxy.access.Keys.Made;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Serves an operator who looks after keys. */
@RestController
@RequestMapping("/api/admin/keys")
class KeyController {

    private static final int LONGEST_OVERLAP_HOURS = 30 * 24;
    private static final String RULE = "must be from 0 to " + LONGEST_OVERLAP_HOURS;

    /** A key with what is told this once. */
    record Told(@JsonProperty String key, @JsonUnwrapped ApiKey about) {

        static Told of(Made made) {
            return new Told(made.text(), made.key());
        }

        @Override
        public String toString() {
            return about.id();
        }
    }

    /** All of them, the newest first. */
    record Listed(List<ApiKey> keys) {}

    /** One of them, with what it has used of its limits. */
    record Seen(
            @JsonUnwrapped ApiKey about,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            LimitUse used) {}

    private final Keys keys;
    private final Actors actors;
    private final ObjectProvider<LimitGauge> gauge;

    KeyController(Keys keys, Actors actors, ObjectProvider<LimitGauge> gauge) {
        this.keys = keys;
        this.actors = actors;
        this.gauge = gauge;
    }

    @GetMapping
    Mono<Listed> all() {
        return keys.all().collectList().map(Listed::new);
    }

    @GetMapping("/{id}")
    Mono<Seen> one(@PathVariable String id) {
        return keys.one(id).map(key -> new Seen(key, useOf(key)));
    }

    private @Nullable LimitUse useOf(ApiKey key) {
        return gauge.stream()
                .flatMap(each -> each.of(key.id()).stream())
                .findFirst()
                .orElse(null);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Mono<Told> make(@RequestBody JsonNode body, ServerWebExchange exchange) {
        return actors.of(exchange).flatMap(actor -> keys.make(actor, body)).map(Told::of);
    }

    @PatchMapping("/{id}")
    Mono<ApiKey> change(@PathVariable String id, @RequestBody JsonNode body, ServerWebExchange exchange) {
        return actors.of(exchange).flatMap(actor -> keys.change(actor, id, body));
    }

    /** A new secret for the same key; the one before stays good for so long. */
    @PostMapping("/{id}/rotate")
    Mono<Told> renew(
            @PathVariable String id,
            @RequestParam(defaultValue = "24")
                    @Min(value = 0, message = RULE)
                    @Max(value = LONGEST_OVERLAP_HOURS, message = RULE)
                    int overlapHours,
            ServerWebExchange exchange) {
        return actors.of(exchange)
                .flatMap(actor -> keys.renew(actor, id, Duration.ofHours(overlapHours)))
                .map(Told::of);
    }

    @DeleteMapping("/{id}")
    Mono<ApiKey> revoke(@PathVariable String id, ServerWebExchange exchange) {
        return actors.of(exchange).flatMap(actor -> keys.revoke(actor, id));
    }
}
