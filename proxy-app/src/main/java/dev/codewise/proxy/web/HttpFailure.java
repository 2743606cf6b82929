package dev.codewise.proxy.web;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedException;
import org.springframework.web.ErrorResponse;

/**
 * What HTTP says about a failed request: a status, a sentence that tells nothing of the inside, and headers such as {@code Allow}.
 *
 * <p>Every edge answers with the same one and gives it a body of its own shape.
 */
public final class HttpFailure {

    private final HttpStatusCode status;
    private final String sentence;
    private final @Nullable String field;
    private final HttpHeaders headers;

    private HttpFailure(HttpStatusCode status, String sentence, @Nullable String field, HttpHeaders headers) {
        this.status = status;
        this.sentence = sentence;
        this.field = field;
        this.headers = HttpHeaders.readOnlyHttpHeaders(headers);
    }

    public HttpFailure(HttpStatusCode status, String sentence) {
        this(status, sentence, null, new HttpHeaders());
    }

    /** What the framework, the security chains or this proxy's own refusals mean; anything else is unexpected. */
    public static HttpFailure of(Throwable failure) {
        if (failure instanceof RequestRefused refused) {
            return refused.failure();
        }
        if (failure instanceof ErrorResponse known) {
            return FrameworkFailures.describe(known, failure);
        }
        if (failure instanceof AuthenticationException) {
            return unauthenticated();
        }
        if (failure instanceof AccessDeniedException) {
            return new HttpFailure(HttpStatus.FORBIDDEN, "This credential does not allow that.");
        }
        if (failure instanceof ServerExchangeRejectedException) {
            return new HttpFailure(HttpStatus.BAD_REQUEST, "The path, the method or a header is not one to be served.");
        }
        return new HttpFailure(
                HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong here. The log has it under this request id.");
    }

    /** One answer for every cause, so that nobody learns how near a guess was. */
    private static HttpFailure unauthenticated() {
        return new HttpFailure(
                        HttpStatus.UNAUTHORIZED,
                        "The credential is missing or wrong. Send it as \"Authorization: Bearer …\".")
                .withHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }

    public HttpFailure withField(String path) {
        return new HttpFailure(status, sentence, path, headers);
    }

    public HttpFailure withHeader(String name, String value) {
        var more = HttpHeaders.copyOf(headers);
        more.set(name, value);
        return new HttpFailure(status, sentence, field, more);
    }

    public HttpFailure withHeaders(HttpHeaders others) {
        var more = HttpHeaders.copyOf(headers);
        more.putAll(others);
        return new HttpFailure(status, sentence, field, more);
    }

    /** When another try makes sense: in seconds, rounded up and never at once, and exactly where that is something else. */
    public HttpFailure retryAfter(Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        var rounded = withHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        return wait.toMillis() % 1000 == 0
                ? rounded
                : rounded.withHeader("retry-after-ms", Long.toString(wait.toMillis()));
    }

    public HttpStatusCode status() {
        return status;
    }

    /** One or two sentences for whoever sent the request. */
    public String sentence() {
        return sentence;
    }

    /** Which part of the request is at fault, such as {@code messages[0].role}, where that is known. */
    public Optional<String> field() {
        return Optional.ofNullable(field);
    }

    public HttpHeaders headers() {
        return headers;
    }

    /** Whether nobody foresaw it, so that somebody must look at the log. */
    public boolean isUnexpected() {
        return status.isSameCodeAs(HttpStatus.INTERNAL_SERVER_ERROR);
    }

    /** For the log: the sentence may quote what others have said. */
    @Override
    public String toString() {
        return status.toString();
    }
}
