package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionEvent.Thinking;
import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;
import java.util.List;

/**
 * Keeps back the first half of a character that was cut in two, until the next piece of the same brings the other; one for each
 * answer.
 */
final class WholeCharacters implements CompletionEvent.Reader<List<CompletionEvent>> {

    private String half = "";
    private String halfThought = "";
    private String halfArgument = "";

    List<CompletionEvent> of(CompletionEvent event) {
        return event.tell(this);
    }

    @Override
    public List<CompletionEvent> taken(Taken taken) {
        return List.of(taken);
    }

    @Override
    public List<CompletionEvent> thinking(Thinking thinking) {
        String all = halfThought + thinking.text();
        String whole = wholeOf(all);
        halfThought = all.substring(whole.length());
        return whole.isEmpty() ? List.of() : List.of(new Thinking(whole));
    }

    /** Calls come one after the other; a new one leaves nothing over from the last. */
    @Override
    public List<CompletionEvent> toolCall(ToolCallPiece piece) {
        String all = (piece.id() == null ? halfArgument : "") + piece.arguments();
        String whole = wholeOf(all);
        halfArgument = all.substring(whole.length());
        boolean nothing = whole.isEmpty() && piece.id() == null;
        return nothing ? List.of() : List.of(new ToolCallPiece(piece.index(), piece.id(), piece.name(), whole));
    }

    @Override
    public List<CompletionEvent> text(Text text) {
        String all = half + text.text();
        String whole = wholeOf(all);
        half = all.substring(whole.length());
        return whole.isEmpty() ? List.of() : List.of(new Text(whole));
    }

    @Override
    public List<CompletionEvent> finished(Finished finished) {

        return half.isEmpty() ? List.of(finished) : List.of(new Text(half), finished);
    }

    private static String wholeOf(String text) {
        boolean cut = !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1));
        return cut ? text.substring(0, text.length() - 1) : text;
    }
}
