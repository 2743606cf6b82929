package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionEvent.Thinking;
import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;
import java.util.ArrayList;
import java.util.List;

/** What happened in one completion, as long as that is not too much to keep: then it is nothing. */
final class Recording implements CompletionEvent.Reader<Integer> {

    private static final int MOST_CHARACTERS = 256 * 1024;

    /** What an event takes besides its text. */
    private static final int EVENT = 32;

    private final List<CompletionEvent> events = new ArrayList<>();
    private int characters;

    void add(CompletionEvent event) {
        characters = Math.min(characters + event.tell(this) + EVENT, MOST_CHARACTERS);
        if (characters < MOST_CHARACTERS) {
            events.add(event);
        } else {
            events.clear();
        }
    }

    /** All of them, or none where they were too many. */
    List<CompletionEvent> events() {
        return List.copyOf(events);
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
