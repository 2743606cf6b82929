package dev.codewise.proxy.anthropic;

import dev.codewise.proxy.web.FailureAnswer;
import dev.codewise.proxy.web.RequestId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers every failure under /v1/messages in Anthropic's shape: as a response of its own, with the request id under Anthropic's
 * name for it too, or as the last event of a stream that has begun.
 */
final class AnthropicErrors implements WebExceptionHandler, Ordered {

    private static final Logger LOG = LoggerFactory.getLogger(AnthropicErrors.class);
    private static final PathPattern OURS = PathPatternParser.defaultInstance.parse("/v1/messages/**");

    /** The name of the header by which Anthropic's clients know a request. */
    static final String REQUEST_ID = "request-id";

    private final JsonMapper json;

    AnthropicErrors(JsonMapper json) {
        this.json = json;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable cause) {
        PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
        return OURS.matches(path) ? answer(exchange, cause) : Mono.error(cause);
    }

    private Mono<Void> answer(ServerWebExchange exchange, Throwable cause) {
        if (!exchange.getResponse().isCommitted()) {
            exchange.getResponse().getHeaders().set(REQUEST_ID, RequestId.of(exchange));
        }
        var failure = AnthropicFailure.of(cause);
        return new FailureAnswer(json, MediaType.APPLICATION_JSON, (http, requestId) -> failure.body(requestId))
                .to(exchange, cause, failure.http());
    }

    /** The event that tells a client why its answer breaks off. */
    String event(Throwable cause, String requestId) {
        return "event: error\ndata: " + json.writeValueAsString(broken(cause, requestId)) + "\n\n";
    }

    /** The body for an answer whose status is already on its way. */
    byte[] body(Throwable cause, String requestId) {
        return json.writeValueAsBytes(broken(cause, requestId));
    }

    private Object broken(Throwable cause, String requestId) {
        var failure = AnthropicFailure.of(cause);
        if (failure.http().isUnexpected()) {
            LOG.atError().addKeyValue("requestId", requestId).setCause(cause).log("An answer failed unexpectedly");
        } else {
            LOG.atWarn()
                    .addKeyValue("requestId", requestId)
                    .addKeyValue("status", failure.http().status().value())
                    .addKeyValue("type", failure.type())
                    .log("An answer broke off");
        }
        return failure.body(requestId);
    }

    /** Before the edge that takes the rest of /v1. */
    @Override
    public int getOrder() {
        return -30;
    }
}
