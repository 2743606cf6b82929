package dev.codewise.proxy.anthropic;

import dev.codewise.proxy.claude.ClaudePassThrough;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Each request word for word for as long as there is an account at the Claude API, and otherwise by whoever is there. */
record ByAccount(ClaudePassThrough api, Messages verbatim, Messages translated) implements Messages {

    @Override
    public Mono<Void> answer(byte[] body, ServerWebExchange exchange) {
        return now().answer(body, exchange);
    }

    @Override
    public Mono<Void> count(byte[] body, ServerWebExchange exchange) {
        return now().count(body, exchange);
    }

    private Messages now() {
        return api.isThere() ? verbatim : translated;
    }
}
