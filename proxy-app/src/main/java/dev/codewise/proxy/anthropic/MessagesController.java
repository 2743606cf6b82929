package dev.codewise.proxy.anthropic;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Serves {@code POST /v1/messages}, {@code POST /v1/messages/count_tokens}, and the {@code HEAD /} of Claude Code. */
@RestController
final class MessagesController {

    private final Messages messages;

    MessagesController(Messages messages) {
        this.messages = messages;
    }

    @PostMapping(path = "/v1/messages", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<Void> answer(@RequestBody byte[] body, ServerWebExchange exchange) {
        return messages.answer(body, exchange);
    }

    @PostMapping(path = "/v1/messages/count_tokens", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<Void> count(@RequestBody byte[] body, ServerWebExchange exchange) {
        return messages.count(body, exchange);
    }

    /** Claude Code opens its connection with it before there is anything to ask. */
    @RequestMapping(path = "/", method = RequestMethod.HEAD)
    void knock() {
        // that there is an answer is all of it
    }
}
