package dev.codewise.proxy.openai.responses;

import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One thing that the model says or wants done, while it grows; tells of itself in events that have no number yet. */
sealed interface OutputItem permits MessageItem, CallItem {

    /** Whether this piece of a call belongs to it. */
    boolean isCall(int call);

    /** Whether text belongs to it. */
    boolean isMessage();

    /** What tells of its beginning. */
    List<ObjectNode> opened();

    /** Takes a piece, and what tells of it. */
    ObjectNode grown(String piece);

    /** What tells of its end. */
    List<ObjectNode> closed(String status);

    /** Itself, as far as it has come. */
    ObjectNode as(String status);

    /** The pieces it came in, for those who want them once more. */
    Pieces pieces();

    static ObjectNode event(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }
}
