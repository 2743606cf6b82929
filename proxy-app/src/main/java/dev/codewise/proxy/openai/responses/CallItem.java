package dev.codewise.proxy.openai.responses;

import dev.codewise.proxy.completion.Part.ToolCall;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A call of one of the client's functions. */
final class CallItem implements OutputItem {

    private final String id;
    private final int index;
    private final int call;
    private final ToolCall begun;
    private final Pieces pieces = new Pieces();

    /** @param begun the call without its arguments, which come in pieces */
    CallItem(ResponseId response, int index, int call, ToolCall begun) {
        this.id = response.item("fc", index);
        this.index = index;
        this.call = call;
        this.begun = begun;
    }

    @Override
    public boolean isCall(int other) {
        return other == call;
    }

    @Override
    public boolean isMessage() {
        return false;
    }

    @Override
    public List<ObjectNode> opened() {
        return List.of(OutputItem.event("response.output_item.added")
                .put("output_index", index)
                .set("item", as("in_progress")));
    }

    @Override
    public ObjectNode grown(String piece) {
        pieces.add(piece);
        return ofArguments("delta").put("delta", piece);
    }

    @Override
    public List<ObjectNode> closed(String status) {
        return List.of(
                ofArguments("done").put("name", begun.name()).put("arguments", pieces.text()),
                OutputItem.event("response.output_item.done")
                        .put("output_index", index)
                        .set("item", as(status)));
    }

    @Override
    public ObjectNode as(String status) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("type", "function_call")
                .put("status", status)
                .put("call_id", begun.id())
                .put("name", begun.name())
                .put("arguments", pieces.text());
    }

    @Override
    public Pieces pieces() {
        return pieces;
    }

    private ObjectNode ofArguments(String what) {
        return OutputItem.event("response.function_call_arguments." + what)
                .put("item_id", id)
                .put("output_index", index);
    }
}
