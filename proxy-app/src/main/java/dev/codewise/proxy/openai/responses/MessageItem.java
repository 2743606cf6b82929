package dev.codewise.proxy.openai.responses;

import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Words of the model: a message with one part. */
final class MessageItem implements OutputItem {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String id;
    private final int index;
    private final Pieces pieces = new Pieces();

    MessageItem(ResponseId response, int index) {
        this.id = response.item("msg", index);
        this.index = index;
    }

    @Override
    public boolean isCall(int call) {
        return false;
    }

    @Override
    public boolean isMessage() {
        return true;
    }

    @Override
    public List<ObjectNode> opened() {
        ObjectNode item = message("in_progress");
        item.putArray("content");
        return List.of(
                OutputItem.event("response.output_item.added")
                        .put("output_index", index)
                        .set("item", item),
                inPart("response.content_part.added").set("part", part("")));
    }

    @Override
    public ObjectNode grown(String piece) {
        pieces.add(piece);
        ObjectNode event = inPart("response.output_text.delta").put("delta", piece);
        event.putArray("logprobs");
        return event;
    }

    @Override
    public List<ObjectNode> closed(String status) {
        ObjectNode text = inPart("response.output_text.done").put("text", pieces.text());
        text.putArray("logprobs");
        return List.of(
                text,
                inPart("response.content_part.done").set("part", part(pieces.text())),
                OutputItem.event("response.output_item.done")
                        .put("output_index", index)
                        .set("item", as(status)));
    }

    @Override
    public ObjectNode as(String status) {
        return message(status).set("content", JSON.arrayNode().add(part(pieces.text())));
    }

    @Override
    public Pieces pieces() {
        return pieces;
    }

    private ObjectNode message(String status) {
        return JSON.objectNode()
                .put("id", id)
                .put("type", "message")
                .put("status", status)
                .put("role", "assistant");
    }

    private ObjectNode inPart(String type) {
        return OutputItem.event(type)
                .put("item_id", id)
                .put("output_index", index)
                .put("content_index", 0);
    }

    private static ObjectNode part(String text) {
        ObjectNode part = JSON.objectNode().put("type", "output_text");
        part.putArray("annotations");
        part.putArray("logprobs");
        return part.put("text", text);
    }
}
