package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.completion.WellFormed;
import dev.codewise.proxy.web.HttpFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A failure as OpenAI's clients know it: what HTTP says about it, and its type and code in the body. */
record OpenAiFailure(
        HttpFailure http, String type, @Nullable String code) {

    private static final Duration SOON = Duration.ofSeconds(2);

    static OpenAiFailure of(Throwable failure) {
        if (failure instanceof OpenAiRefusal refusal) {
            return refusal.failure();
        }
        return failure instanceof CompletionException completion
                ? of(completion, FieldNames.CHAT)
                : of(HttpFailure.of(failure));
    }

    OpenAiError body() {
        var message = WellFormed.text(http.sentence());
        return new OpenAiError(new OpenAiError.Details(
                message, type, http.field().map(WellFormed::text).orElse(null), code));
    }

    /** Once a model has begun, to repeat the request is to have it done, and paid, again. */
    static OpenAiFailure of(CompletionException failure, FieldNames names) {
        var known = ofCompletion(failure, names);
        return failure.hasBegun() ? new OpenAiFailure(never(known.http), known.type, known.code) : known;
    }

    private static OpenAiFailure ofCompletion(CompletionException failure, FieldNames names) {
        var http = new HttpFailure(statusOf(failure.reason()), failure.getMessage());
        return switch (failure.reason()) {
            case UNKNOWN_MODEL ->
                new OpenAiFailure(http.withField("model"), "invalid_request_error", "model_not_found");
            case MODEL_NOT_ALLOWED ->
                new OpenAiFailure(http.withField("model"), "permission_error", "model_not_allowed");
            case INVALID_REQUEST -> new OpenAiFailure(http, "invalid_request_error", null);
            case PROMPT_TOO_LONG ->
                new OpenAiFailure(http.withField(names.prompt()), "invalid_request_error", "context_length_exceeded");
            case UNSUPPORTED ->
                new OpenAiFailure(
                        never(failure.missing()
                                .map(names::of)
                                .map(http::withField)
                                .orElse(http)),
                        "service_unavailable",
                        "unsupported_content");
            case REQUEST_TOO_LARGE -> of(http);
            case REFUSED -> new OpenAiFailure(http, "invalid_request_error", "content_filter");
            case RATE_LIMITED -> new OpenAiFailure(later(http, failure), "rate_limit_error", "rate_limit_exceeded");
            case BUDGET_SPENT ->
                new OpenAiFailure(never(later(http, failure)), "insufficient_quota", "insufficient_quota");
            case OVERLOADED -> new OpenAiFailure(later(http, failure), "service_unavailable", "overloaded");
            case PROVIDER_UNAVAILABLE -> new OpenAiFailure(later(http, failure), "service_unavailable", "no_agent");
            case PROVIDER_TIMED_OUT -> new OpenAiFailure(never(http), "timeout", "timeout");
            case PROVIDER_FAILED -> new OpenAiFailure(never(http), "upstream_error", "upstream_error");
        };
    }

    private static HttpStatus statusOf(Reason reason) {
        return switch (reason) {
            case UNKNOWN_MODEL -> HttpStatus.NOT_FOUND;
            case MODEL_NOT_ALLOWED -> HttpStatus.FORBIDDEN;
            case INVALID_REQUEST, PROMPT_TOO_LONG, REFUSED -> HttpStatus.BAD_REQUEST;
            case REQUEST_TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
            case RATE_LIMITED, BUDGET_SPENT -> HttpStatus.TOO_MANY_REQUESTS;
            case OVERLOADED, PROVIDER_UNAVAILABLE, UNSUPPORTED -> HttpStatus.SERVICE_UNAVAILABLE;
            case PROVIDER_TIMED_OUT -> HttpStatus.GATEWAY_TIMEOUT;
            case PROVIDER_FAILED -> HttpStatus.BAD_GATEWAY;
        };
    }

    private static HttpFailure later(HttpFailure http, CompletionException failure) {
        return http.retryAfter(failure.retryAfter().orElse(SOON));
    }

    /** Clients repeat by themselves what fails with such a status, unless they are told not to. */
    private static HttpFailure never(HttpFailure http) {
        return http.withHeader("x-should-retry", "false");
    }

    /** What the framework, the security chains and our own checks refuse. */
    private static OpenAiFailure of(HttpFailure http) {
        return switch (http.status().value()) {
            case 401 -> new OpenAiFailure(http, "invalid_request_error", "invalid_api_key");
            case 403 -> new OpenAiFailure(http, "permission_error", null);
            case 408 -> new OpenAiFailure(http, "timeout", "timeout");
            case 413 -> new OpenAiFailure(http, "request_too_large", "request_too_large");
            case 429 -> new OpenAiFailure(http, "rate_limit_error", "rate_limit_exceeded");
            case 503 -> new OpenAiFailure(http, "service_unavailable", "service_unavailable");
            default ->
                new OpenAiFailure(
                        http, http.status().is4xxClientError() ? "invalid_request_error" : "server_error", null);
        };
    }
}
