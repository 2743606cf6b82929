package dev.codewise.proxy.completion;

import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;

/** A provider with several answerers, of whom the first is asked at which the request has not failed yet. */
final class ScriptedFleet implements Provider {

    private final List<String> names;
    private final Map<String, Reason> failures = new TreeMap<>();
    private final List<String> asked = new ArrayList<>();

    ScriptedFleet(String... names) {
        this.names = List.of(names);
    }

    ScriptedFleet failing(String name, Reason reason) {
        failures.put(name, reason);
        return this;
    }

    Answerer answerer(String name) {
        return new Answerer("fleet", name);
    }

    List<String> asked() {
        return asked;
    }

    @Override
    public int tries() {
        return 3;
    }

    @Override
    public Flux<CompletionEvent> complete(CompletionRequest request) {
        return complete(request, Set.of());
    }

    @Override
    public Flux<CompletionEvent> complete(CompletionRequest request, Set<Answerer> failed) {
        return names.stream()
                .filter(name -> !failed.contains(answerer(name)))
                .findFirst()
                .map(this::answer)
                .orElseGet(() -> Flux.error(new CompletionException(Reason.PROVIDER_UNAVAILABLE, "Nobody is left.")));
    }

    private Flux<CompletionEvent> answer(String name) {
        asked.add(name);
        Flux<CompletionEvent> taken = Flux.just(new Taken(answerer(name)));
        return Stream.ofNullable(failures.get(name))
                .findFirst()
                .map(reason -> taken.concatWith(Flux.error(new CompletionException(reason, name + " failed."))))
                .orElseGet(() -> taken.concatWithValues(new Text("by " + name), Routing.END));
    }
}
