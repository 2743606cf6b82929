package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.Answerer;
import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.FinishReason;
import dev.codewise.proxy.completion.Provider;
import dev.codewise.proxy.completion.Usage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;

/** A provider that follows a script, and remembers what it was asked and how often it was told to stop. */
final class ScriptedProvider implements Provider {

    static final Usage USAGE = new Usage(10, 5, 100, 7, 2);

    private static final Flux<CompletionEvent> TAKEN = Flux.just(new Taken(new Answerer("scripted", "laptop")));

    private final List<CompletionRequest> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger cancelled = new AtomicInteger();
    private volatile Flux<CompletionEvent> script = Flux.never();

    @Override
    public Flux<CompletionEvent> complete(CompletionRequest request) {
        requests.add(request);
        return script.doOnCancel(cancelled::incrementAndGet);
    }

    ScriptedProvider says(String... texts) {
        return plays(TAKEN.concatWith(text(texts)).concatWithValues(end(FinishReason.STOP, USAGE)));
    }

    ScriptedProvider finishes(FinishReason reason, String... texts) {
        return plays(TAKEN.concatWith(text(texts)).concatWithValues(end(reason, USAGE)));
    }

    /** Without a word about tokens and model. */
    ScriptedProvider finishesUncounted(String... texts) {
        return plays(TAKEN.concatWith(text(texts)).concatWithValues(new Finished(FinishReason.STOP, null, null, null)));
    }

    ScriptedProvider stallsAfter(String... texts) {
        return plays(TAKEN.concatWith(text(texts)).concatWith(Flux.never()));
    }

    ScriptedProvider fails(Throwable failure, String... textsBefore) {
        return plays(TAKEN.concatWith(text(textsBefore)).concatWith(Flux.error(failure)));
    }

    ScriptedProvider fails(CompletionException.Reason reason, String... textsBefore) {
        return fails(new CompletionException(reason, "The laptop said no."), textsBefore);
    }

    /** Ends without having finished, as no provider should. */
    ScriptedProvider breaksOffAfter(String... texts) {
        return plays(TAKEN.concatWith(text(texts)));
    }

    private ScriptedProvider plays(Flux<CompletionEvent> next) {
        requests.clear();
        cancelled.set(0);
        script = next;
        return this;
    }

    private static Flux<CompletionEvent> text(String... texts) {
        return Flux.fromArray(texts).map(Text::new);
    }

    private static CompletionEvent end(FinishReason reason, Usage usage) {
        return new Finished(reason, usage, null, "claude-sonnet-4-5");
    }

    int asked() {
        return requests.size();
    }

    CompletionRequest lastRequest() {
        return requests.get(requests.size() - 1);
    }

    int cancelled() {
        return cancelled.get();
    }
}
