package dev.codewise.proxy.web;

import java.time.Duration;
import org.springframework.http.HttpStatusCode;

/** A request that this proxy does not serve, with the words for whoever sent it. */
public final class RequestRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient HttpFailure failure;

    public RequestRefused(HttpFailure failure) {
        // A refusal is no fault of ours: where it was thrown interests nobody, and it may be thrown very often.
        super(failure.sentence(), null, false, false);
        this.failure = failure;
    }

    public RequestRefused(HttpStatusCode status, String sentence) {
        this(new HttpFailure(status, sentence));
    }

    public RequestRefused retryAfter(Duration wait) {
        return new RequestRefused(failure.retryAfter(wait));
    }

    HttpFailure failure() {
        return failure;
    }
}
