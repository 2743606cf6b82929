package dev.codewise.agent.claude;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes the parts of what came of a call as MCP has them. */
final class ResultContent implements Part.Reader<ObjectNode> {

    private final JsonMapper json;

    ResultContent(JsonMapper json) {
        this.json = json;
    }

    @Override
    public ObjectNode text(Part.Text text) {
        return json.createObjectNode().put("type", "text").put("text", text.text());
    }

    @Override
    public ObjectNode image(Part.Image image) {
        return json.createObjectNode()
                .put("type", "image")
                .put("data", image.base64())
                .put("mimeType", image.mediaType());
    }

    @Override
    public ObjectNode document(Part.Document document) {
        throw inside("document");
    }

    @Override
    public ObjectNode toolCall(Part.ToolCall call) {
        throw inside("call");
    }

    @Override
    public ObjectNode toolResult(Part.ToolResult result) {
        throw inside("result");
    }

    private static IllegalArgumentException inside(String what) {
        return new IllegalArgumentException("there is no " + what + " in what comes of a call");
    }
}
