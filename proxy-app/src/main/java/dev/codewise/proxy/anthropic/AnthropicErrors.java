package dev.codewise.proxy.anthropic;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.codewise.proxy.web.FailureAnswer;
import dev.codewise.proxy.web.HttpFailure;
import dev.codewise.proxy.web.RequestId;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Answers every failure under /v1/messages in Anthropic's shape, with the request id under Anthropic's name for it too. */
final class AnthropicErrors implements WebExceptionHandler, Ordered {

    private static final PathPattern OURS = PathPatternParser.defaultInstance.parse("/v1/messages/**");

    private final FailureAnswer answer;

    AnthropicErrors(JsonMapper json) {
        this.answer = new FailureAnswer(json, MediaType.APPLICATION_JSON, AnthropicError::of);
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable cause) {
        PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
        return OURS.matches(path) ? answer(exchange, cause) : Mono.error(cause);
    }

    private Mono<Void> answer(ServerWebExchange exchange, Throwable cause) {
        exchange.getResponse().getHeaders().set("request-id", RequestId.of(exchange));
        return answer.to(exchange, cause);
    }

    /** Before the edge that takes the rest of /v1. */
    @Override
    public int getOrder() {
        return -30;
    }

    private record AnthropicError(
            String type,
            Details error,
            @JsonProperty("request_id") String requestId) {

        private record Details(String type, String message) {}

        static AnthropicError of(HttpFailure failure, String requestId) {
            return new AnthropicError("error", new Details(typeOf(failure.status()), failure.sentence()), requestId);
        }

        private static String typeOf(HttpStatusCode status) {
            return switch (status.value()) {
                case 401 -> "authentication_error";
                case 403 -> "permission_error";
                case 404 -> "not_found_error";
                case 413 -> "request_too_large";
                case 429 -> "rate_limit_error";
                default -> status.is4xxClientError() ? "invalid_request_error" : "api_error";
            };
        }
    }
}
