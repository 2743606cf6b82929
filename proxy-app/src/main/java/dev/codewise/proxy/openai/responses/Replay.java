package dev.codewise.proxy.openai.responses;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;
import dev.codewise.proxy.completion.FinishReason;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A response that is kept, told once more in the same events with the same numbers. */
final class Replay {

    private final ObjectNode whole;
    private final JsonNode lengths;

    /** @param lengths how long each piece of each of its items was */
    Replay(ObjectNode whole, JsonNode lengths) {
        this.whole = whole;
        this.lengths = lengths;
    }

    Flux<ObjectNode> events() {
        return Flux.defer(this::told);
    }

    private Flux<ObjectNode> told() {
        var answer = new Answer(head());
        String status = whole.path("status").asString();
        return Flux.fromIterable(pieces(status))
                .concatMapIterable(answer::tell)
                .concatWith(Flux.defer(() -> Flux.fromIterable(answer.begin())))
                .concatWithValues(OutputItem.event(Ending.eventOf(status)).set("response", whole));
    }

    /** As it was before there was an answer. */
    private ObjectNode head() {
        ObjectNode head = whole.deepCopy().put("status", "in_progress");
        head.putArray("output");
        return head.putNull("usage").putNull("error").putNull("incomplete_details");
    }

    private List<CompletionEvent> pieces(String status) {
        List<CompletionEvent> pieces = new ArrayList<>();
        JsonNode output = whole.path("output");
        for (int i = 0; i < output.size(); i++) {
            add(output.get(i), i, pieces);
        }
        switch (status) {
            case "completed" -> pieces.add(new Finished(FinishReason.STOP, null, null, null));
            case "incomplete" -> pieces.add(new Finished(FinishReason.LENGTH, null, null, null));
            default -> {}
        }
        return pieces;
    }

    private void add(JsonNode item, int index, List<CompletionEvent> pieces) {
        if (item.path("type").asString().equals("message")) {
            cut(item.at("/content/0/text").asString(), index).stream()
                    .map(Text::new)
                    .forEach(pieces::add);
            return;
        }
        pieces.add(new ToolCallPiece(
                index, item.path("call_id").asString(), item.path("name").asString(), ""));
        cut(item.path("arguments").asString(), index).stream()
                .map(piece -> new ToolCallPiece(index, null, null, piece))
                .forEach(pieces::add);
    }

    private List<String> cut(String text, int index) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        for (JsonNode length : lengths.path(index)) {
            pieces.add(text.substring(from, from + length.asInt()));
            from += length.asInt();
        }
        return pieces;
    }
}
