package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.AnswerLimit;
import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionEvent.Thinking;
import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;
import dev.codewise.proxy.completion.WellFormed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One answer while it is being put together for a client that wants it in one piece; {@link AnswerLimit} says how long it gets. */
final class WholeAnswer implements CompletionEvent.Reader<WholeAnswer> {

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thoughts = new StringBuilder();
    private final Map<Integer, WholeCall> calls = new TreeMap<>();
    private @Nullable Finished end;

    /** One call of a tool, its pieces put together. */
    record WholeCall(String id, String name, StringBuilder arguments) {}

    void add(CompletionEvent event) {
        event.tell(this);
    }

    @Override
    public WholeAnswer taken(Taken taken) {
        return this;
    }

    @Override
    public WholeAnswer thinking(Thinking thinking) {
        return append(thinking.text(), thoughts);
    }

    @Override
    public WholeAnswer text(Text more) {
        return append(more.text(), text);
    }

    @Override
    public WholeAnswer toolCall(ToolCallPiece piece) {
        var call = calls.computeIfAbsent(piece.index(), index -> begun(piece));
        return append(piece.arguments(), call.arguments());
    }

    private static WholeCall begun(ToolCallPiece piece) {
        return new WholeCall(
                WellFormed.text(String.valueOf(piece.id())),
                WellFormed.text(String.valueOf(piece.name())),
                new StringBuilder());
    }

    private WholeAnswer append(String more, StringBuilder place) {
        place.append(more);
        return this;
    }

    @Override
    public WholeAnswer finished(Finished finished) {
        end = finished;
        return this;
    }

    Finished end() {
        return Optional.ofNullable(end).orElseThrow(Unfinished::answer);
    }

    String text() {
        return WellFormed.text(text.toString());
    }

    String thoughts() {
        return WellFormed.text(thoughts.toString());
    }

    /** In the order of their numbers. */
    List<WholeCall> calls() {
        return List.copyOf(calls.values());
    }
}
