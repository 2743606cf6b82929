package dev.codewise.proxy.completion;

import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/** A subscriber that takes everything and can cancel even when all is over, as operators and servers do. */
final class LateCancel implements CoreSubscriber<CompletionEvent> {

    private Subscription subscription = Operators.emptySubscription();

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(CompletionEvent event) {}

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {}

    void cancel() {
        subscription.cancel();
    }
}
