package dev.codewise.proxy.completion;

import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionEvent.Thinking;
import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;
import org.jspecify.annotations.Nullable;

/** How much of an answer one event brings, in characters. */
public final class EventLength implements CompletionEvent.Reader<Integer> {

    private static final EventLength LENGTH = new EventLength();

    private EventLength() {}

    public static int of(CompletionEvent event) {
        return event.tell(LENGTH);
    }

    @Override
    public Integer taken(Taken taken) {
        return 0;
    }

    @Override
    public Integer thinking(Thinking thinking) {
        return thinking.text().length();
    }

    @Override
    public Integer text(Text text) {
        return text.text().length();
    }

    @Override
    public Integer toolCall(ToolCallPiece piece) {
        return lengthOf(piece.id()) + lengthOf(piece.name()) + piece.arguments().length();
    }

    private static int lengthOf(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    @Override
    public Integer finished(Finished finished) {
        return 0;
    }
}
