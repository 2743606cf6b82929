package dev.codewise.agent.claude;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the parts of a turn as the API's content blocks. */
final class ContentBlocks implements Part.Reader<ObjectNode> {

    private final JsonMapper json;

    ContentBlocks(JsonMapper json) {
        this.json = json;
    }

    ArrayNode of(List<Part> parts) {
        var blocks = json.createArrayNode();
        parts.forEach(part -> blocks.add(part.tell(this)));
        return blocks;
    }

    @Override
    public ObjectNode text(Part.Text text) {
        return block("text").put("text", text.text());
    }

    @Override
    public ObjectNode image(Part.Image image) {
        return source(block("image"), image.mediaType(), image.base64());
    }

    @Override
    public ObjectNode document(Part.Document document) {
        return source(block("document"), document.mediaType(), document.base64());
    }

    private static ObjectNode source(ObjectNode block, String mediaType, String base64) {
        block.putObject("source")
                .put("type", "base64")
                .put("media_type", mediaType)
                .put("data", base64);
        return block;
    }

    @Override
    public ObjectNode toolCall(Part.ToolCall call) {
        var block = block("tool_use").put("id", call.id()).put("name", ToolNames.seen(call.name()));
        block.set("input", json.readTree(call.arguments()));
        return block;
    }

    @Override
    public ObjectNode toolResult(Part.ToolResult result) {
        var block = block("tool_result").put("tool_use_id", result.callId()).put("is_error", result.failed());
        block.set("content", of(result.content()));
        return block;
    }

    private ObjectNode block(String type) {
        return json.createObjectNode().put("type", type);
    }
}
