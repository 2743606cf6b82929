package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.openai.Repeats.Sent;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SignalType;

/**
 * One completion that several may watch, each from its beginning, so that all of it is held while it runs: whoever begins it
 * limits it. It is broken off when the last of them has left, and only kept when it came to its end and is not too large for that.
 */
final class Run {

    private final String id;
    private final String fingerprint;
    private final Recording recording = new Recording();
    /** In place of how many there are, once the last one has left. */
    private static final int NOBODY_EVER = -1;
    /** More than there can be, so that the last one never leaves. */
    private static final int KEPT = 1 << 30;

    private final AtomicInteger watchers = new AtomicInteger();
    private final Disposable.Swap connection = Disposables.swap();
    private final Consumer<Run> lost;
    private volatile Flux<CompletionEvent> events;

    Run(Sent sent, Flux<CompletionEvent> completion, Consumer<Run> ended, Consumer<Run> lost) {
        this.id = sent.id();
        this.fingerprint = sent.fingerprint();
        this.lost = lost;
        this.events = completion
                .doOnNext(recording::add)
                .doOnComplete(() -> over(ended))
                .doOnError(failure -> lost.accept(this))
                .replay()
                .autoConnect(1, connection::update);
    }

    /** The id of the request that began it, after which its answer is named. */
    String id() {
        return id;
    }

    boolean isOf(Sent sent) {
        return fingerprint.equals(sent.fingerprint());
    }

    /** Before it is watched; not to be watched any more is one that has been broken off. */
    boolean join() {
        return isAliveWith(1);
    }

    private boolean isAliveWith(int more) {
        return watchers.getAndUpdate(now -> now == NOBODY_EVER ? now : now + more) != NOBODY_EVER;
    }

    Flux<CompletionEvent> watch() {
        return Flux.defer(() -> events).doFinally(this::leave);
    }

    /** Only then may the run be broken off: nobody is there to be told of it any more. */
    private void leave(SignalType how) {
        if (how == SignalType.CANCEL && watchers.updateAndGet(Run::oneLess) == NOBODY_EVER) {
            lost.accept(this);
            connection.dispose();
        }
    }

    private static int oneLess(int watching) {
        return watching == 1 ? NOBODY_EVER : watching - 1;
    }

    /** What was asked is let go of; what was answered stays. */
    private void over(Consumer<Run> ended) {
        connection.replace(Disposables.disposed());
        List<CompletionEvent> all = recording.events();
        if (!all.isEmpty() && isAliveWith(KEPT)) {
            events = Flux.fromIterable(all);
            ended.accept(this);
        } else {
            lost.accept(this);
        }
    }
}
