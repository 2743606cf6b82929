package dev.codewise.proxy.completion;

import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionEvent.Thinking;
import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;
import java.util.List;
import java.util.function.Function;

/**
 * One answer's events with no character cut in two: its first half waits until the next piece brings the other. Half a character
 * that nothing completes becomes the replacement character, for no encoding can carry it.
 */
final class WholeCharacters implements CompletionEvent.Reader<List<CompletionEvent>> {

    private String half = "";
    private Function<String, CompletionEvent> kind = Text::new;

    List<CompletionEvent> of(CompletionEvent event) {
        return event.tell(this);
    }

    @Override
    public List<CompletionEvent> taken(Taken taken) {
        half = "";
        return List.of(taken);
    }

    @Override
    public List<CompletionEvent> thinking(Thinking thinking) {
        return more(thinking, thinking.text(), Thinking::new);
    }

    @Override
    public List<CompletionEvent> text(Text text) {
        return more(text, text.text(), Text::new);
    }

    /** Arguments are JSON, which says half a character by an escape if at all. */
    @Override
    public List<CompletionEvent> toolCall(ToolCallPiece piece) {
        return behindTheRest(piece);
    }

    @Override
    public List<CompletionEvent> finished(Finished finished) {
        return behindTheRest(finished);
    }

    private List<CompletionEvent> more(
            CompletionEvent event, String piece, Function<String, CompletionEvent> ofThisKind) {
        if (half.isEmpty() && WellFormed.isWhole(piece)) {
            kind = ofThisKind;
            return List.of(event);
        }
        String all = half + piece;
        int whole = all.length() - (endsInHalf(all) ? 1 : 0);
        half = all.substring(whole);
        kind = ofThisKind;
        return whole == 0 ? List.of() : List.of(kind.apply(WellFormed.text(all.substring(0, whole))));
    }

    private List<CompletionEvent> behindTheRest(CompletionEvent event) {
        if (half.isEmpty()) {
            return List.of(event);
        }
        half = "";
        return List.of(kind.apply(String.valueOf(WellFormed.REPLACEMENT)), event);
    }

    private static boolean endsInHalf(String text) {
        return !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1));
    }
}
