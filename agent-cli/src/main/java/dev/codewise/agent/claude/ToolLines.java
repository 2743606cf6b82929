package dev.codewise.agent.claude;

import dev.codewise.agent.claude.ClaudeLine.Asked;
import dev.codewise.agent.claude.Part.ToolResult;
import dev.codewise.agent.claude.Toolbox.Tool;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes what claude is told about the client's tools, as JSON-RPC in answers on the control channel. */
final class ToolLines {

    /** What comes of one call: claude writes to a file what is longer, and the model gets to see only its beginning. */
    static final int LONGEST_RESULT = 500_000;

    private final JsonMapper json;
    private final ResultContent content;

    ToolLines(JsonMapper json) {
        this.json = json;
        this.content = new ResultContent(json);
    }

    byte[] introduction(Asked question, String ownProtocol) {
        var result = json.createObjectNode();
        var theirs = question.message().path("params").path("protocolVersion").asString(ownProtocol);
        result.put("protocolVersion", theirs);
        result.putObject("capabilities").putObject("tools");
        result.putObject("serverInfo").put("name", ToolNames.SERVER).put("version", "1");
        return answer(question, result);
    }

    byte[] tools(Asked question, List<Tool> tools) {
        var result = json.createObjectNode();
        var list = result.putArray("tools");
        tools.forEach(tool -> list.add(described(tool)));
        return answer(question, result);
    }

    private ObjectNode described(Tool tool) {
        var described = json.createObjectNode();
        described.put("name", ToolNames.bare(tool.name())).put("description", ToolDescriptions.brief(tool));
        described.set("inputSchema", schema(tool));
        // claude makes the calls of such tools all at once; the others it would make one by one, each when the one
        // before
        // is answered
        described.putObject("annotations").put("readOnlyHint", true);
        described.putObject("_meta").put("anthropic/maxResultSizeChars", LONGEST_RESULT);
        return described;
    }

    /** Claude drops all tools for the sake of one whose input has no type. */
    private ObjectNode schema(Tool tool) {
        ObjectNode schema = json.valueToTree(tool.inputSchema());
        return schema.has("type") ? schema : schema.put("type", "object");
    }

    byte[] result(Asked call, ToolResult result) {
        var answer = json.createObjectNode();
        ArrayNode parts = answer.putArray("content");
        result.content().forEach(part -> parts.add(part.tell(content)));
        return answer(call, answer.put("isError", result.failed()));
    }

    byte[] nothing(Asked question) {
        return answer(question, json.createObjectNode());
    }

    byte[] refusal(String requestId, String reason) {
        var line = line("error", requestId);
        line.withObject("/response").put("error", reason);
        return bytes(line);
    }

    private byte[] answer(Asked question, ObjectNode result) {
        var line = line("success", question.requestId());
        var rpc = line.withObject("/response/response/mcp_response").put("jsonrpc", "2.0");
        JsonNode id = question.message().path("id");
        rpc.set("id", id.isMissingNode() ? json.getNodeFactory().numberNode(0) : id);
        rpc.set("result", result);
        return bytes(line);
    }

    /** Half a surrogate pair becomes a question mark, since a line that cannot be read ends claude. */
    private byte[] bytes(ObjectNode line) {
        return json.writeValueAsString(line).getBytes(StandardCharsets.UTF_8);
    }

    private ObjectNode line(String subtype, String requestId) {
        var line = json.createObjectNode().put("type", "control_response");
        line.putObject("response").put("subtype", subtype).put("request_id", requestId);
        return line;
    }
}
