package dev.codewise.proxy.openai.responses;

import dev.codewise.proxy.access.Caller;
import org.springframework.web.server.ServerWebExchange;

/** The name of a response in the mouth of an owner: of somebody else's response it names nothing. */
record OwnedId(String owner, String id) {

    static OwnedId of(String id, ServerWebExchange exchange) {
        return new OwnedId(Caller.of(exchange).owner(), id);
    }
}
