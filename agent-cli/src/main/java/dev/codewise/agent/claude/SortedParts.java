package dev.codewise.agent.claude;

import dev.codewise.agent.claude.Part.ToolCall;
import dev.codewise.agent.claude.Part.ToolResult;
import dev.codewise.agent.claude.Prompt.Turn;
import java.util.ArrayList;
import java.util.List;

/** The parts of some turns, or of what came of a call, by their kinds. */
final class SortedParts implements Part.Reader<SortedParts> {

    private final StringBuilder words = new StringBuilder();
    private final List<ToolCall> calls = new ArrayList<>();
    private final List<ToolResult> results = new ArrayList<>();
    private long length;
    private int images;
    private int documents;

    private SortedParts() {}

    static SortedParts of(List<Turn> turns) {
        var sorted = new SortedParts();
        turns.forEach(turn -> turn.parts().forEach(part -> part.tell(sorted)));
        return sorted;
    }

    static SortedParts ofResult(ToolResult result) {
        var sorted = new SortedParts();
        result.content().forEach(part -> part.tell(sorted));
        return sorted;
    }

    @Override
    public SortedParts text(Part.Text text) {
        words.append(text.text());
        length += text.text().length();
        return this;
    }

    @Override
    public SortedParts image(Part.Image image) {
        images++;
        length += image.base64().length();
        return this;
    }

    @Override
    public SortedParts document(Part.Document document) {
        documents++;
        return this;
    }

    @Override
    public SortedParts toolCall(ToolCall call) {
        calls.add(call);
        return this;
    }

    @Override
    public SortedParts toolResult(ToolResult result) {
        results.add(result);
        return this;
    }

    String words() {
        return words.toString();
    }

    List<ToolCall> calls() {
        return calls;
    }

    List<ToolResult> results() {
        return results;
    }

    /** How many characters words and images have. */
    long length() {
        return length;
    }

    boolean areOnlyResults() {
        return words.isEmpty() && images == 0 && documents == 0 && calls.isEmpty();
    }

    boolean areWordsAndCalls() {
        return images == 0 && documents == 0 && results.isEmpty();
    }

    boolean areWordsAndImages() {
        return documents == 0 && calls.isEmpty() && results.isEmpty();
    }
}
