package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionEvent.Thinking;
import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import java.util.ArrayList;
import java.util.List;

/**
 * What happens in one completion that may be asked for again: whoever does gets it from the beginning, so that all of it is held
 * while it runs, up to more than models say; afterwards it is kept as long as that is not too much, and is nothing otherwise.
 */
final class Recording implements CompletionEvent.Reader<Integer> {

    private static final int LARGEST = 4 * 1024 * 1024;
    private static final int LARGEST_KEPT = 256 * 1024;

    /** What an event takes besides its text. */
    private static final int EVENT = 100;

    private final List<CompletionEvent> events = new ArrayList<>();
    private int size;

    void add(CompletionEvent event) {
        size += event.tell(this) + EVENT;
        if (size > LARGEST) {
            throw new CompletionException(
                    Reason.PROVIDER_FAILED,
                    "The answer is longer than the " + LARGEST + " bytes that are held for a request with an "
                            + ChatAnswers.KEY + ". Ask without one.");
        }
        if (size <= LARGEST_KEPT) {
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
