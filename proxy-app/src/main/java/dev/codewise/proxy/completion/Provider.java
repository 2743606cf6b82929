package dev.codewise.proxy.completion;

import reactor.core.publisher.Flux;

/**
 * Somebody who can answer a request.
 *
 * <p>The flux is cold, and cancelling it releases everything. It emits {@code Taken} when somebody takes the request, then text,
 * then exactly one {@code Finished}, or fails with a {@link CompletionException}. Who cannot take a request at all fails with
 * {@code PROVIDER_UNAVAILABLE} before anything else.
 */
public interface Provider {

    /** How many of its answerers may try one request after another; each time without those the request has failed at. */
    default int tries() {
        return 1;
    }

    Flux<CompletionEvent> complete(CompletionRequest request);
}
