package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionEvent.Thinking;
import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;

/** How much of an answer one event brings, in characters. */
final class EventLength implements CompletionEvent.Reader<Integer> {

    private static final EventLength LENGTH = new EventLength();

    private EventLength() {}

    static int of(CompletionEvent event) {
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
        return piece.arguments().length();
    }

    @Override
    public Integer finished(Finished finished) {
        return 0;
    }
}
