package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionEvent.Thinking;
import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;
import java.util.List;

/** Keeps back the first half of a character that was cut in two, until the next text brings the other; one for each answer. */
final class WholeCharacters implements CompletionEvent.Reader<List<CompletionEvent>> {

    private String half = "";

    List<CompletionEvent> of(CompletionEvent event) {
        return event.tell(this);
    }

    @Override
    public List<CompletionEvent> taken(Taken taken) {
        return List.of(taken);
    }

    @Override
    public List<CompletionEvent> thinking(Thinking thinking) {
        return List.of(thinking);
    }

    @Override
    public List<CompletionEvent> toolCall(ToolCallPiece piece) {
        return List.of(piece);
    }

    @Override
    public List<CompletionEvent> text(Text text) {
        String all = half + text.text();
        int whole = all.length() - (endsInHalf(all) ? 1 : 0);
        half = all.substring(whole);
        return whole == 0 ? List.of() : List.of(new Text(all.substring(0, whole)));
    }

    @Override
    public List<CompletionEvent> finished(Finished finished) {
        return half.isEmpty() ? List.of(finished) : List.of(new Text(half), finished);
    }

    private static boolean endsInHalf(String text) {
        return !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1));
    }
}
