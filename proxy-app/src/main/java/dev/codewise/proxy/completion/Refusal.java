package dev.codewise.proxy.completion;

import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionException.Reason;
import reactor.core.publisher.Flux;

/** A model that will not answer has still come to its end: clients know that as a reason to stop, not as a failure. */
public final class Refusal {

    private static final CompletionEvent NOTHING_MORE = new Finished(FinishReason.CONTENT_FILTER, null, null, null);

    private Refusal() {}

    public static Flux<CompletionEvent> asEnd(Flux<CompletionEvent> completion) {
        return completion.onErrorResume(Refusal::isOne, refusal -> Flux.just(NOTHING_MORE));
    }

    private static boolean isOne(Throwable failure) {
        return failure instanceof CompletionException known && known.reason() == Reason.REFUSED;
    }
}
