package dev.codewise.proxy.admin;

import dev.codewise.proxy.access.Actors;
import jakarta.validation.Validator;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Serves an operator who looks after the settings. */
@RestController
@RequestMapping("/api/settings")
class SettingsController {

    private final KeptSettings settings;
    private final SettingsWatch watch;
    private final SettingsText text;
    private final Validator validator;
    private final Actors actors;

    SettingsController(
            KeptSettings settings, SettingsWatch watch, SettingsText text, Validator validator, Actors actors) {
        this.settings = settings;
        this.watch = watch;
        this.text = text;
        this.validator = validator;
        this.actors = actors;
    }

    @GetMapping
    Mono<ObjectNode> shown() {
        return settings.shown();
    }

    @PatchMapping(consumes = {"application/merge-patch+json", MediaType.APPLICATION_JSON_VALUE})
    Mono<ObjectNode> change(@RequestBody JsonNode body, ServerWebExchange exchange) {
        var patch = new SettingsPatch(body, text, validator);
        return actors.of(exchange)
                .flatMap(actor -> settings.change(actor, patch))
                .then(Mono.defer(watch::refresh))
                .then(Mono.defer(settings::shown));
    }
}
