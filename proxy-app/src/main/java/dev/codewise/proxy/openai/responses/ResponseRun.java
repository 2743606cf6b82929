package dev.codewise.proxy.openai.responses;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.openai.OpenAiError;
import dev.codewise.proxy.openai.Unfinished;
import java.util.function.BiFunction;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.node.ObjectNode;

/** One response from its first event to its end, which can be hastened from outside; it is kept before its end is told. */
final class ResponseRun {

    private final OwnedId name;
    private final ObjectNode head;
    private final Answer answer;
    private final BiFunction<Answer, Ending, Mono<Ending>> keeper;
    private volatile boolean running = true;
    private volatile boolean stopped;
    private final Sinks.Empty<Void> stop = Sinks.empty();
    private final Sinks.Empty<Void> over = Sinks.empty();

    /** @param keeper keeps the answer with this end, and gives the end that is to be told */
    ResponseRun(OwnedId name, ObjectNode head, BiFunction<Answer, Ending, Mono<Ending>> keeper) {
        this.name = name;
        this.head = head;
        this.answer = new Answer(head);
        this.keeper = keeper;
    }

    OwnedId name() {
        return name;
    }

    /** As it is told while it is not over. */
    ObjectNode head() {
        return head;
    }

    /** A failure comes after what happened before it, also to a slow reader. */
    Flux<ObjectNode> events(Flux<CompletionEvent> completion) {
        return completion
                .takeUntilOther(stop.asMono())
                .concatMapDelayError(event -> Flux.fromIterable(answer.tell(event)), 1)
                .concatWith(Flux.defer(this::ended));
    }

    private Flux<ObjectNode> ended() {
        return answer.isFinished() || stopped ? endedBy(answer.ending()) : Flux.error(Unfinished::answer);
    }

    /** The last events of one that broke off; SDKs raise the very last one. */
    Flux<ObjectNode> brokenBy(OpenAiError error) {
        return endedBy(Ending.failed(error.error())).concatWithValues(ErrorEvent.of(error.error()));
    }

    private Flux<ObjectNode> endedBy(Ending ending) {
        return Flux.fromIterable(answer.begin())
                .concatWith(keeper.apply(answer, ending).map(this::last));
    }

    private ObjectNode last(Ending ending) {
        end();
        return OutputItem.event(Ending.eventOf(ending.status())).set("response", answer.as(ending));
    }

    /** Ends it now, and whoever works at it stops; known when it is over. */
    Mono<Void> cancel() {
        return Mono.defer(this::stopAndWait);
    }

    private Mono<Void> stopAndWait() {
        stopped = true;
        stop.tryEmitEmpty();
        return awaitEnd();
    }

    Mono<Void> awaitEnd() {
        return over.asMono();
    }

    boolean isRunning() {
        return running;
    }

    /** Whatever can be kept of it is kept now; a second end changes nothing. */
    void end() {
        running = false;
        over.tryEmitEmpty();
    }
}
