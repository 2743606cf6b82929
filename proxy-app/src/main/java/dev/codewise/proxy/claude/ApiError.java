package dev.codewise.proxy.claude;

import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the API says went wrong: a type from a known list, and a sentence. */
record ApiError(@Nullable String type, @Nullable String message) {

    private static final int LONGEST_QUOTE = 500;

    /** Stands for the body of an HTTP error that is not in the API's shape. */
    static final ApiError UNREADABLE = new ApiError(null, null);

    /**
     * Goes by the status, not by the type: gateways in front of the API keep the one and lose the other. Only a 404 needs the
     * type, because an address where there is no API answers with it too.
     */
    CompletionException inAnswerWith(int status, String model) {
        return switch (status) {
            case 400 -> invalidRequest();
            case 401, 403 -> keyRefused();
            case 402 -> noCredit();
            case 404 -> "not_found_error".equals(type) ? CompletionException.unknownModel(model) : noApiThere();
            case 413 -> tooLong();
            case 429 -> rateLimited();
            case 503, 529 -> overloaded();
            default -> failed("answered with HTTP status " + status);
        };
    }

    /** In the middle of a stream there is only the type. */
    CompletionException inStream(String model) {
        return switch (String.valueOf(type)) {
            case "invalid_request_error" -> invalidRequest();
            case "authentication_error", "permission_error" -> keyRefused();
            case "billing_error" -> noCredit();
            case "not_found_error" -> CompletionException.unknownModel(model);
            case "request_too_large" -> tooLong();
            case "rate_limit_error" -> rateLimited();
            case "overloaded_error" -> overloaded();
            case "timeout_error" ->
                new CompletionException(Reason.PROVIDER_TIMED_OUT, "The Claude API gave up on the request in time.");
            default -> failed("broke off its answer");
        };
    }

    private CompletionException invalidRequest() {
        String said = quote().toLowerCase(Locale.ROOT);
        if (said.contains("prompt is too long") || said.contains("exceed context limit")) {
            return tooLong();
        }
        return said.contains("credit balance")
                ? noCredit()
                : new CompletionException(Reason.INVALID_REQUEST, "The Claude API refused the request: " + quote());
    }

    private static CompletionException tooLong() {
        return new CompletionException(
                Reason.PROMPT_TOO_LONG, "The conversation is longer than the model can take. Shorten it.");
    }

    private static CompletionException rateLimited() {
        return new CompletionException(
                Reason.RATE_LIMITED, "The account of ANTHROPIC_API_KEY has reached its rate limit at the Claude API.");
    }

    private static CompletionException overloaded() {
        return new CompletionException(Reason.OVERLOADED, "The Claude API is overloaded. Try again shortly.");
    }

    private static CompletionException keyRefused() {
        return failure(
                "The Claude API refused the ANTHROPIC_API_KEY of this proxy. Its operator has to set a valid one.");
    }

    private static CompletionException noCredit() {
        return failure(
                "The account of ANTHROPIC_API_KEY has no credit at the Claude API. Its operator has to add some.");
    }

    private static CompletionException noApiThere() {
        return failure("There is no Claude API at ANTHROPIC_BASE_URL. The operator of this proxy has to correct it.");
    }

    private static CompletionException failed(String how) {
        return failure("The Claude API " + how + ".");
    }

    private static CompletionException failure(String message) {
        return new CompletionException(Reason.PROVIDER_FAILED, message);
    }

    private String quote() {
        String said = message == null ? "it did not say why." : message;
        return said.length() <= LONGEST_QUOTE ? said : said.substring(0, LONGEST_QUOTE) + "…";
    }
}
