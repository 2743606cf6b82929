package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.EventLength;
import java.util.ArrayList;
import java.util.List;

/** What happens in one completion that may be asked for again, as long as it is not too much to be kept afterwards. */
final class Recording {

    private static final int LARGEST = 256 * 1024;

    /** What an event takes besides its text. */
    private static final int EVENT = 100;

    private final List<CompletionEvent> events = new ArrayList<>();
    private int size;

    void add(CompletionEvent event) {
        size += EventLength.of(event) + EVENT;
        if (size <= LARGEST) {
            events.add(event);
        } else {
            events.clear();
        }
    }

    /** All of them, or none where they were too many. */
    List<CompletionEvent> events() {
        return List.copyOf(events);
    }
}
