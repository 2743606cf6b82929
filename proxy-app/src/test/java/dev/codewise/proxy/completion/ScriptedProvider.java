package dev.codewise.proxy.completion;

import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;

/**
 * A provider that follows a script, and remembers what it was asked and how often it was told to stop.
 *
 * <p>Each word of the script replaces what was said before. Without one it takes nothing and says nothing, for ever.
 */
public final class ScriptedProvider implements Provider {

    public static final Usage USAGE = new Usage(10, 5, 100, 7, 2);
    public static final String MODEL = "claude-sonnet-4-5";

    private final Answerer self;
    private final List<CompletionRequest> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger cancelled = new AtomicInteger();
    private volatile Flux<CompletionEvent> script = Flux.never();

    public ScriptedProvider() {
        this("laptop");
    }

    /** With a name, where several of them meet. */
    public ScriptedProvider(String agent) {
        this.self = new Answerer("scripted", agent);
    }

    @Override
    public Flux<CompletionEvent> complete(CompletionRequest request) {
        return Flux.defer(() -> asked(request));
    }

    private Flux<CompletionEvent> asked(CompletionRequest request) {
        requests.add(request);
        return script.doOnCancel(cancelled::incrementAndGet);
    }

    public ScriptedProvider says(String... texts) {
        return finishes(FinishReason.STOP, texts);
    }

    public ScriptedProvider finishes(FinishReason reason, String... texts) {
        return plays(taken(texts).concatWithValues(new Finished(reason, USAGE, null, MODEL)));
    }

    /** Without a word about tokens and model. */
    public ScriptedProvider finishesUncounted(String... texts) {
        return plays(taken(texts).concatWithValues(new Finished(FinishReason.STOP, null, null, null)));
    }

    public ScriptedProvider stallsAfter(String... texts) {
        return plays(taken(texts).concatWith(Flux.never()));
    }

    public ScriptedProvider fails(Throwable failure, String... textsBefore) {
        return plays(taken(textsBefore).concatWith(Flux.error(failure)));
    }

    public ScriptedProvider fails(CompletionException.Reason reason, String... textsBefore) {
        return fails(new CompletionException(reason, "The " + self.agent() + " said no."), textsBefore);
    }

    /** Says at once that it cannot take the request at all. */
    public ScriptedProvider isAway() {
        return plays(Flux.error(new CompletionException(
                CompletionException.Reason.PROVIDER_UNAVAILABLE, "The " + self.agent() + " is away.")));
    }

    /** Ends without having finished, as no provider should. */
    public ScriptedProvider breaksOffAfter(String... texts) {
        return plays(taken(texts));
    }

    /** Whatever none of the other words says. */
    public ScriptedProvider plays(Flux<CompletionEvent> next) {
        requests.clear();
        cancelled.set(0);
        script = next;
        return this;
    }

    private Flux<CompletionEvent> taken(String... texts) {
        return Flux.<CompletionEvent>just(new Taken(self))
                .concatWith(Flux.fromArray(texts).map(Text::new));
    }

    public Answerer self() {
        return self;
    }

    public int asked() {
        return requests.size();
    }

    public CompletionRequest lastRequest() {
        return requests.get(requests.size() - 1);
    }

    public int cancelled() {
        return cancelled.get();
    }
}
