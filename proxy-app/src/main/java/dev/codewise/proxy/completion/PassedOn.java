package dev.codewise.proxy.completion;

import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionEvent.Thinking;
import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;

/** Reads along with an answer, and passes on as it is whatever it has nothing to say to. */
public interface PassedOn extends CompletionEvent.Reader<CompletionEvent> {

    default CompletionEvent of(CompletionEvent event) {
        return event.tell(this);
    }

    @Override
    default CompletionEvent taken(Taken taken) {
        return taken;
    }

    @Override
    default CompletionEvent thinking(Thinking thinking) {
        return thinking;
    }

    @Override
    default CompletionEvent text(Text text) {
        return text;
    }

    @Override
    default CompletionEvent toolCall(ToolCallPiece piece) {
        return piece;
    }

    @Override
    default CompletionEvent finished(Finished finished) {
        return finished;
    }
}
