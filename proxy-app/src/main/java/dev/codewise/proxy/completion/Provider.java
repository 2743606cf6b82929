package dev.codewise.proxy.completion;

import java.util.Set;
import reactor.core.publisher.Flux;

/**
 * Somebody who can answer a request.
 *
 * <p>The flux is cold, and cancelling it releases everything. It emits {@code Taken} when somebody takes the request, perhaps once
 * more when it is known what that uses, then text, then exactly one {@code Finished}, or fails with a
 * {@link CompletionException}. Who cannot take a request at all fails with {@code PROVIDER_UNAVAILABLE} before anything else.
 */
public interface Provider {

    /** How many of its answerers may try one request after another; each time without those that have failed at it. */
    default int tries() {
        return 1;
    }

    Flux<CompletionEvent> complete(CompletionRequest request);

    /** The answer of somebody else than those who have failed at the request, where there are several to choose from. */
    default Flux<CompletionEvent> complete(CompletionRequest request, Set<Answerer> failed) {
        return complete(request);
    }
}
