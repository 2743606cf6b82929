package dev.codewise.proxy.anthropic;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.web.HttpFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/** A failure as Anthropic's clients know it: what HTTP says about it, and its type in the body. */
record AnthropicFailure(HttpFailure http, String type) {

    private static final Duration SOON = Duration.ofSeconds(2);
    private static final HttpStatusCode OVERLOADED = HttpStatusCode.valueOf(529);

    static AnthropicFailure of(Throwable failure) {
        if (!(failure instanceof CompletionException completion)) {
            return of(HttpFailure.of(failure));
        }
        var known = ofCompletion(completion);
        return completion.hasBegun() ? new AnthropicFailure(never(known.http), known.type) : known;
    }

    /** The body; {@code request_id} is not a part of the error but stands beside it. */
    record Body(
            String type,
            Details error,
            @JsonProperty("request_id") String requestId) {

        private record Details(String type, String message) {}
    }

    Body body(String requestId) {
        return new Body("error", new Body.Details(type, sentence()), requestId);
    }

    /** Half a character, which a client can name a model with, is in no encoding. */
    private String sentence() {
        String sentence = http.sentence();
        String said = new String(sentence.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return http.field()
                .filter(field -> !said.startsWith(field))
                .map(field -> field + ": " + said)
                .orElse(said);
    }

    private static AnthropicFailure ofCompletion(CompletionException failure) {
        var http = new HttpFailure(statusOf(failure.reason()), failure.getMessage());
        return switch (failure.reason()) {
            case UNKNOWN_MODEL -> new AnthropicFailure(http, "not_found_error");
            case MODEL_NOT_ALLOWED -> new AnthropicFailure(http, "permission_error");
            case INVALID_REQUEST, REFUSED -> new AnthropicFailure(http, "invalid_request_error");
            case PROMPT_TOO_LONG -> tooLong(failure);
            case REQUEST_TOO_LARGE -> of(http);
            case RATE_LIMITED -> new AnthropicFailure(later(http, failure), "rate_limit_error");
            case BUDGET_SPENT -> new AnthropicFailure(never(later(http, failure)), "rate_limit_error");
            case OVERLOADED -> new AnthropicFailure(later(http, failure), "overloaded_error");
            case PROVIDER_UNAVAILABLE -> new AnthropicFailure(later(http, failure), "api_error");
            case PROVIDER_TIMED_OUT -> new AnthropicFailure(never(http), "timeout_error");
            case PROVIDER_FAILED, UNSUPPORTED -> new AnthropicFailure(never(http), "api_error");
        };
    }

    private static HttpStatusCode statusOf(Reason reason) {
        return switch (reason) {
            case UNKNOWN_MODEL -> HttpStatus.NOT_FOUND;
            case MODEL_NOT_ALLOWED -> HttpStatus.FORBIDDEN;
            case INVALID_REQUEST, PROMPT_TOO_LONG, REFUSED -> HttpStatus.BAD_REQUEST;
            case REQUEST_TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
            case RATE_LIMITED, BUDGET_SPENT -> HttpStatus.TOO_MANY_REQUESTS;
            case OVERLOADED -> OVERLOADED;
            case PROVIDER_UNAVAILABLE, UNSUPPORTED -> HttpStatus.SERVICE_UNAVAILABLE;
            case PROVIDER_TIMED_OUT -> HttpStatus.GATEWAY_TIMEOUT;
            case PROVIDER_FAILED -> HttpStatus.BAD_GATEWAY;
        };
    }

    /** Claude Code looks for these words, and shortens its conversation by itself when it finds them. */
    private static AnthropicFailure tooLong(CompletionException failure) {
        String sentence = "prompt is too long: " + failure.getMessage();
        return new AnthropicFailure(new HttpFailure(statusOf(failure.reason()), sentence), "invalid_request_error");
    }

    private static HttpFailure later(HttpFailure http, CompletionException failure) {
        return http.retryAfter(failure.retryAfter().orElse(SOON));
    }

    /** Clients repeat such a request by themselves, which would be in vain, or would have a run that was started done and paid again. */
    private static HttpFailure never(HttpFailure http) {
        return http.withHeader("x-should-retry", "false");
    }

    /** What the framework, the security chains and our own checks refuse. */
    private static AnthropicFailure of(HttpFailure http) {
        return switch (http.status().value()) {
            case 401 -> new AnthropicFailure(http, "authentication_error");
            case 403 -> new AnthropicFailure(http, "permission_error");
            case 404 -> new AnthropicFailure(http, "not_found_error");
            case 413 -> new AnthropicFailure(http, "request_too_large");
            case 429 -> new AnthropicFailure(http, "rate_limit_error");
            default ->
                new AnthropicFailure(http, http.status().is4xxClientError() ? "invalid_request_error" : "api_error");
        };
    }
}
