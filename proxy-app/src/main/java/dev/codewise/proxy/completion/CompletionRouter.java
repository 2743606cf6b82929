package dev.codewise.proxy.completion;

import dev.codewise.proxy.completion.CompletionException.Reason;
import java.time.Clock;
import java.util.List;
import reactor.core.publisher.Flux;

/** Decides who answers: the providers in their order, the next one only while the client has received nothing. */
public final class CompletionRouter {

    private final List<Provider> preferred;
    private final ModelCatalogue models;
    private final CompletionListener listener;
    private final Clock clock;

    CompletionRouter(List<Provider> preferred, ModelCatalogue models, CompletionListener listener, Clock clock) {
        this.preferred = List.copyOf(preferred);
        this.models = models;
        this.listener = listener;
        this.clock = clock;
    }

    /** The answer, by the first provider that gives one; fails with a {@link CompletionException}. */
    public Flux<CompletionEvent> complete(CompletionRequest request) {
        return Flux.defer(() -> followed(request));
    }

    private Flux<CompletionEvent> followed(CompletionRequest request) {
        var course = new CompletionCourse(request, clock, listener);
        return answered(request, course)
                .doOnNext(course::happened)
                .doOnComplete(course::answered)
                .doOnError(course::failed)
                .doOnCancel(course::cancelled);
    }

    private Flux<CompletionEvent> answered(CompletionRequest request, CompletionCourse course) {
        return models.find(request.model())
                .map(model -> tryFrom(0, request.withModel(model), course))
                .orElseGet(() -> Flux.error(CompletionException.unknownModel(request.model())));
    }

    private Flux<CompletionEvent> tryFrom(int index, CompletionRequest request, CompletionCourse course) {
        if (index == preferred.size()) {
            return Flux.error(course::nobodyCouldAnswer);
        }
        return preferred
                .get(index)
                .complete(request)
                .onErrorResume(course::mayGoOn, failure -> tryFrom(index + 1, request, course));
    }

    static CompletionException nobody() {
        return new CompletionException(
                Reason.PROVIDER_UNAVAILABLE,
                "No agent is connected and no ANTHROPIC_API_KEY is set. Connect one with"
                        + " \"java -jar codewise-agent.jar --url … --secret …\", or set the key.");
    }
}
