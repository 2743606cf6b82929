package dev.codewise.proxy.openai.responses;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionEvent.Thinking;
import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.completion.Part.ToolCall;
import dev.codewise.proxy.completion.WellFormed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What has been answered so far, and the events that tell of it; one for each response, live or told once more.
 *
 * <p>An item ends where the next begins, so that they never overlap. Nothing is told before the first piece, so that a failure
 * before it can still become a status.
 */
final class Answer implements CompletionEvent.Reader<List<ObjectNode>> {

    private final ObjectNode head;
    private final ResponseId id;
    private final List<OutputItem> items = new ArrayList<>();
    private boolean begun;
    private @Nullable Finished end;

    Answer(ObjectNode head) {
        this.head = head;
        this.id = new ResponseId(head.path("id").asString());
    }

    /** What to tell of it, without numbers; empty when that is nothing. */
    List<ObjectNode> tell(CompletionEvent event) {
        return event.tell(this);
    }

    /** What comes before anything else, if nothing has been told yet. */
    List<ObjectNode> begin() {
        if (begun) {
            return List.of();
        }
        begun = true;
        return List.of(lifecycle("response.created"), lifecycle("response.in_progress"));
    }

    private ObjectNode lifecycle(String type) {
        return OutputItem.event(type).set("response", head);
    }

    @Override
    public List<ObjectNode> taken(Taken taken) {
        return List.of();
    }

    @Override
    public List<ObjectNode> thinking(Thinking thinking) {
        return begin();
    }

    @Override
    public List<ObjectNode> text(Text text) {
        List<ObjectNode> events = new ArrayList<>(begin());
        if (items.isEmpty() || !last().isMessage()) {
            open(new MessageItem(id, items.size()), events);
        }
        events.add(last().grown(WellFormed.text(text.text())));
        return events;
    }

    @Override
    public List<ObjectNode> toolCall(ToolCallPiece piece) {
        List<ObjectNode> events = new ArrayList<>(begin());
        if (items.isEmpty() || !last().isCall(piece.index())) {
            open(new CallItem(id, items.size(), piece.index(), begunBy(piece)), events);
        }
        if (!piece.arguments().isEmpty()) {
            events.add(last().grown(piece.arguments()));
        }
        return events;
    }

    private static ToolCall begunBy(ToolCallPiece piece) {
        if (piece.id() == null || piece.name() == null) {
            throw new CompletionException(Reason.PROVIDER_FAILED, "A call of a tool came without its beginning.");
        }
        return new ToolCall(piece.id(), piece.name(), "");
    }

    private void open(OutputItem item, List<ObjectNode> events) {
        if (!items.isEmpty()) {
            events.addAll(last().closed("completed"));
        }
        items.add(item);
        events.addAll(item.opened());
    }

    @Override
    public List<ObjectNode> finished(Finished finished) {
        end = finished;
        List<ObjectNode> events = new ArrayList<>(begin());
        if (!items.isEmpty()) {
            events.addAll(last().closed(Ending.of(finished).itemStatus()));
        }
        return events;
    }

    private OutputItem last() {
        return items.get(items.size() - 1);
    }

    boolean isFinished() {
        return end != null;
    }

    /** Its end as the model came to it, under the name of the model that ran where the provider says which one that was. */
    Ending ending() {
        return end == null ? Ending.CANCELLED : Ending.of(end);
    }

    /** The whole response, ended in this way. */
    ObjectNode as(Ending ending) {
        ObjectNode whole = ending.on(head.deepCopy());
        var output = whole.putArray("output");
        for (int i = 0; i < items.size(); i++) {
            output.add(items.get(i).as(i + 1 < items.size() ? "completed" : ending.itemStatus()));
        }
        return whole;
    }

    /** How long the pieces were in which each of the items came. */
    List<Pieces> pieces() {
        return items.stream().map(OutputItem::pieces).toList();
    }
}
