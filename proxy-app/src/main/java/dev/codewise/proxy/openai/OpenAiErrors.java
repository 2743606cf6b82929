package dev.codewise.proxy.openai;

import dev.codewise.proxy.web.FailureAnswer;
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

/** Answers every failure under /v1 in OpenAI's shape: as a response of its own, or as an event of a stream that has begun. */
public final class OpenAiErrors implements WebExceptionHandler, Ordered {

    private static final Logger LOG = LoggerFactory.getLogger(OpenAiErrors.class);
    private static final PathPattern OURS = PathPatternParser.defaultInstance.parse("/v1/**");

    private final JsonMapper json;

    OpenAiErrors(JsonMapper json) {
        this.json = json;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable cause) {
        PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
        return OURS.matches(path) ? answer(exchange, cause) : Mono.error(cause);
    }

    private Mono<Void> answer(ServerWebExchange exchange, Throwable cause) {
        var failure = OpenAiFailure.of(cause);
        return new FailureAnswer(json, MediaType.APPLICATION_JSON, (http, requestId) -> failure.body())
                .to(exchange, cause, failure.http());
    }

    /** The event that tells a client why its answer breaks off. */
    String event(Throwable cause, String requestId) {
        return "data: " + json.writeValueAsString(broken(cause, requestId)) + "\n\n";
    }

    /** The body for an answer whose status is already on its way. */
    public byte[] body(Throwable cause, String requestId) {
        return json.writeValueAsBytes(broken(cause, requestId));
    }

    /** What to tell a client whose answer breaks off; it is logged here, without the sentence: that may be somebody else's words. */
    public OpenAiError broken(Throwable cause, String requestId) {
        var failure = OpenAiFailure.of(cause);
        if (failure.http().isUnexpected()) {
            LOG.atError().addKeyValue("requestId", requestId).setCause(cause).log("An answer failed unexpectedly");
        } else {
            LOG.atWarn()
                    .addKeyValue("requestId", requestId)
                    .addKeyValue("status", failure.http().status().value())
                    .addKeyValue("code", failure.code())
                    .log("An answer broke off");
        }
        return failure.body();
    }

    /** Before the edge that takes everything, after the one that takes a part of our paths. */
    @Override
    public int getOrder() {
        return -20;
    }
}
