package dev.codewise.proxy.anthropic;

import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Somebody who serves the Messages API: its own provider word for word, or whoever answers here in its words. */
interface Messages {

    Mono<Void> answer(byte[] body, ServerWebExchange exchange);

    Mono<Void> count(byte[] body, ServerWebExchange exchange);
}
