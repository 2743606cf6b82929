package dev.codewise.proxy.claude;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionEvent.Thinking;
import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;
import dev.codewise.proxy.completion.FinishReason;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;

/** Takes the answer out of the call of the tool that the model had to call with it; the client knows nothing of that tool. */
final class AnswerInCall implements CompletionEvent.Reader<Optional<CompletionEvent>> {

    private static final AnswerInCall READER = new AnswerInCall();

    private AnswerInCall() {}

    static Flux<CompletionEvent> takenOutOf(Flux<CompletionEvent> reply) {
        return reply.handle(AnswerInCall::read);
    }

    private static void read(CompletionEvent event, SynchronousSink<CompletionEvent> sink) {
        event.tell(READER).ifPresent(sink::next);
    }

    @Override
    public Optional<CompletionEvent> taken(Taken taken) {
        return Optional.of(taken);
    }

    @Override
    public Optional<CompletionEvent> thinking(Thinking thinking) {
        return Optional.of(thinking);
    }

    /** Words beside the answer, which would not be JSON. */
    @Override
    public Optional<CompletionEvent> text(Text text) {
        return Optional.empty();
    }

    @Override
    public Optional<CompletionEvent> toolCall(ToolCallPiece piece) {
        return Optional.of(piece.arguments())
                .filter(arguments -> !arguments.isEmpty())
                .map(Text::new);
    }

    @Override
    public Optional<CompletionEvent> finished(Finished finished) {
        return Optional.of(new Finished(
                reasonFor(finished), finished.usage(), finished.costUsd(), finished.model(), finished.stopSequence()));
    }

    private static FinishReason reasonFor(Finished finished) {
        return finished.reason() == FinishReason.TOOL_CALLS ? FinishReason.STOP : finished.reason();
    }
}
