package dev.codewise.proxy.claude;

import dev.codewise.proxy.claude.StreamEvent.BlockEnded;
import dev.codewise.proxy.claude.StreamEvent.BlockStarted;
import dev.codewise.proxy.claude.StreamEvent.Continued;
import dev.codewise.proxy.claude.StreamEvent.Ended;
import dev.codewise.proxy.claude.StreamEvent.Ending;
import dev.codewise.proxy.claude.StreamEvent.Failed;
import dev.codewise.proxy.claude.StreamEvent.Other;
import dev.codewise.proxy.claude.StreamEvent.Started;
import dev.codewise.proxy.completion.Answerer;
import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionEvent.Thinking;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.completion.FinishReason;
import dev.codewise.proxy.completion.Wishes;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;
import reactor.core.publisher.SynchronousSink;

/**
 * One answer of the API while it comes in, and what it means here. It is whole only with both its stop reason and
 * {@code message_stop}; everything else is a failure, whatever text came before.
 */
final class ClaudeReply implements StreamEvent.Reader<Optional<CompletionEvent>> {

    private static final Answerer ANTHROPIC = new Answerer("anthropic", null);

    /** How long a connection may take to end behind the answer and so be fit for the next request. */
    private static final Duration ROUND_OFF = Duration.ofSeconds(1);

    private final String askedModel;
    private final Set<Wishes.Kind> unheeded;
    private final ToolCalls calls = new ToolCalls();
    private @Nullable String model;
    private @Nullable String stopReason;
    private @Nullable String stopSequence;
    private TokenCounts counts = TokenCounts.NONE;
    private boolean whole;

    ClaudeReply(String askedModel, Set<Wishes.Kind> unheeded) {
        this.askedModel = askedModel;
        this.unheeded = unheeded;
    }

    /** The events of one subscription; what goes wrong behind a whole answer takes nothing from it. */
    Flux<CompletionEvent> of(Flux<StreamEvent> events) {
        return inTime(events)
                .<CompletionEvent>handle(this::read)
                .onErrorComplete(failure -> whole)
                .concatWith(Mono.defer(this::missingEnd));
    }

    /** A failure passes the clock as a signal, for a clock reports one that comes just after the client has left. */
    private Flux<StreamEvent> inTime(Flux<StreamEvent> events) {
        return events.materialize().timeout(Mono.never(), this::patienceAfter).dematerialize();
    }

    private void read(StreamEvent event, SynchronousSink<CompletionEvent> sink) {
        if (!whole) {
            event.tell(this).ifPresent(sink::next);
        }
    }

    private Publisher<Long> patienceAfter(Signal<StreamEvent> event) {
        return event.get() instanceof Ended ? Mono.delay(ROUND_OFF) : Mono.never();
    }

    private Mono<CompletionEvent> missingEnd() {
        return whole ? Mono.empty() : Mono.error(ClaudeReply::brokenOff);
    }

    @Override
    public Optional<CompletionEvent> started(Started started) {
        model = started.message().model();
        counts = counts.updatedBy(started.message().usage());
        return Optional.of(new Taken(ANTHROPIC, unheeded, counts.usage()));
    }

    @Override
    public Optional<CompletionEvent> blockStarted(BlockStarted started) {
        return calls.begin(started.frame());
    }

    @Override
    public Optional<CompletionEvent> continued(Continued continued) {
        return text(continued.delta().text())
                .or(() -> thinking(continued.delta().thinking()))
                .or(() -> calls.goOn(continued.delta().partialJson()));
    }

    private static Optional<CompletionEvent> text(@Nullable String piece) {
        return piece == null || piece.isEmpty() ? Optional.empty() : Optional.of(new Text(piece));
    }

    private static Optional<CompletionEvent> thinking(@Nullable String piece) {
        return piece == null || piece.isEmpty() ? Optional.empty() : Optional.of(new Thinking(piece));
    }

    @Override
    public Optional<CompletionEvent> blockEnded(BlockEnded ended) {
        return calls.end();
    }

    @Override
    public Optional<CompletionEvent> ending(Ending ending) {
        stopReason = ending.delta().stopReason();
        stopSequence = ending.delta().stopSequence();
        counts = counts.updatedBy(ending.usage());
        return Optional.empty();
    }

    @Override
    public Optional<CompletionEvent> ended(Ended ended) {
        if (stopReason == null) {
            throw brokenOff();
        }
        whole = true;
        return Optional.of(new Finished(reasonFor(stopReason), counts.usage(), null, model, stopSequence));
    }

    @Override
    public Optional<CompletionEvent> failed(Failed failed) {
        throw failed.error().inStream(askedModel);
    }

    @Override
    public Optional<CompletionEvent> other(Other other) {
        return Optional.empty();
    }

    static FinishReason reasonFor(String stopReason) {
        return switch (stopReason) {
            case "max_tokens", "model_context_window_exceeded" -> FinishReason.LENGTH;
            case "tool_use" -> FinishReason.TOOL_CALLS;
            case "refusal" -> FinishReason.CONTENT_FILTER;
            default -> FinishReason.STOP;
        };
    }

    private static CompletionException brokenOff() {
        return new CompletionException(
                Reason.PROVIDER_FAILED, "The Claude API ended its answer before it was complete.");
    }
}
