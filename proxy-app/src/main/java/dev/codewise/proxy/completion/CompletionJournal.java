package dev.codewise.proxy.completion;

import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Takes note of the requests that are answered past the router, word for word, so that their ends are told of like all others. */
public final class CompletionJournal {

    private final ModelCatalogue models;
    private final Admission admission;
    private final CompletionListener listener;
    private final Clock clock;

    CompletionJournal(ModelCatalogue models, Admission admission, CompletionListener listener, Clock clock) {
        this.models = models;
        this.admission = admission;
        this.listener = listener;
        this.clock = clock;
    }

    /** What becomes of one request, as far as its end does not say it. */
    public static final class Entry {

        private final CompletionCourse course;

        private Entry(CompletionCourse course) {
            this.course = course;
        }

        /** Somebody answers it; a request that ends without has failed, whatever the client was told. */
        public void takenBy(Answerer who) {
            course.happened(new Taken(who));
        }

        /** So much has been used by now, whatever comes of the answer; told again as it changes. */
        public void takenBy(Answerer who, Usage soFar) {
            course.happened(new Taken(who, Set.of(), soFar));
        }

        /** The client is given so much more of the answer. */
        public void given(long bytes) {
            course.given(bytes);
        }

        /** Why the model stopped, and which one it was; what it used is told apart from that. */
        public void finished(FinishReason reason, @Nullable String model) {
            course.happened(new Finished(reason, null, null, model));
        }

        /** The answer was given to its end. */
        public void answered() {
            course.answered();
        }

        /** The answer broke off, although what the client gets of it comes to an end. */
        public void failed(Throwable failure) {
            course.failed(failure);
        }

        /** Nobody reads the answer any further. */
        public void cancelled() {
            course.cancelled();
        }
    }

    /** The answering, which is told of once it is over; each subscription is a request of its own. */
    public Mono<Void> follow(
            Origin origin, String askedModel, Supplier<Demand> demand, Function<Entry, Mono<Void>> answering) {
        return Mono.defer(() -> followed(origin, askedModel, demand, answering));
    }

    private Mono<Void> followed(
            Origin origin, String askedModel, Supplier<Demand> demand, Function<Entry, Mono<Void>> answering) {
        models.find(askedModel, origin.client()).ifPresent(known -> admission.admit(origin, known, demand));
        var request = new CompletionRequest(origin, askedModel, null, List.of());
        var course = new CompletionCourse(request, clock, listener);
        return Mono.defer(() -> answering.apply(new Entry(course)))
                .doOnSuccess(nothing -> course.abandoned())
                .doOnError(course::failed)
                .doOnCancel(course::cancelled);
    }
}
