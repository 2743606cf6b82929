package dev.codewise.proxy.completion;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Decides who answers: the providers in their order, and of each as many of its answerers as it lets try; the next one only
 * while the client has received nothing.
 */
public final class CompletionRouter {

    private final List<Provider> preferred;
    private final ModelCatalogue models;
    private final Admission admission;
    private final CompletionListener listener;
    private final Clock clock;

    CompletionRouter(
            List<Provider> preferred,
            ModelCatalogue models,
            Admission admission,
            CompletionListener listener,
            Clock clock) {
        this.preferred = List.copyOf(preferred);
        this.models = models;
        this.admission = admission;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * The answer, by the first provider that gives one; fails with a {@link CompletionException}, or with what a provider
     * threw that has a defect, which no other one is asked after. No piece of it ends in the middle of a character, and a
     * failure waits until a slow reader has taken what came before it.
     */
    public Flux<CompletionEvent> complete(CompletionRequest request) {
        return complete(request, UnaryOperator.identity());
    }

    /**
     * The answer as somebody serves it: what fails only there has failed, and what he takes for an end is one, in what is told of
     * the request afterwards too. He gets it once for each subscription.
     */
    public Flux<CompletionEvent> complete(CompletionRequest request, UnaryOperator<Flux<CompletionEvent>> served) {
        return Flux.defer(() -> followed(request, served));
    }

    private Flux<CompletionEvent> followed(CompletionRequest request, UnaryOperator<Flux<CompletionEvent>> served) {
        Optional<String> model = models.find(request.model(), request.origin().client());
        model.ifPresent(known -> admission.admit(request.origin(), known, () -> Demand.of(request)));
        var course = new CompletionCourse(request, clock, listener);
        return Flux.defer(() -> served.apply(answer(model, request, course)))
                .doOnComplete(course::answered)
                .doOnError(course::failed)
                .doOnCancel(course::cancelled);
    }

    private Flux<CompletionEvent> answer(Optional<String> model, CompletionRequest request, CompletionCourse course) {
        var characters = new WholeCharacters();
        return model.map(known -> tryFrom(0, request.withModel(known), course))
                .orElseGet(() -> Flux.error(CompletionException.unknownModel(request.model())))
                .concatMapDelayError(event -> Flux.fromIterable(characters.of(event)), 1);
    }

    private Flux<CompletionEvent> tryFrom(int index, CompletionRequest request, CompletionCourse course) {
        if (index == preferred.size()) {
            return Flux.error(course::nobodyCouldAnswer);
        }
        return answerOf(preferred.get(index), request, course)
                .onErrorResume(CompletionException.class, failure -> goOn(index, failure, request, course));
    }

    private Flux<CompletionEvent> goOn(
            int index, CompletionException failure, CompletionRequest request, CompletionCourse course) {
        course.triedInVain(failure);
        if (!course.mayGoOn(failure)) {
            return Flux.error(course.asItCame(failure));
        }
        course.goesOnAfter(failure);
        boolean another = course.mayTryAnother(failure, preferred.get(index).tries());
        return tryFrom(another ? index : index + 1, request, course);
    }

    /**
     * Asks on subscription, so that what a provider throws at once is a failure like any other. An answer that just stops has
     * failed too; what fails once it has been given, such as a connection that is put away, concerns nobody.
     */
    private static Flux<CompletionEvent> answerOf(
            Provider provider, CompletionRequest request, CompletionCourse course) {
        return Flux.defer(() -> provider.complete(request, course.whoFailed()).map(new CallOrder()::of))
                .doOnNext(course::happened)
                .concatWith(Mono.defer(course::whatIsMissing))
                .onErrorComplete(failure -> course.isFinished());
    }
}
