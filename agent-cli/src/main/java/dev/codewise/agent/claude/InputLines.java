package dev.codewise.agent.claude;

import dev.codewise.agent.claude.Prompt.Turn;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the lines that claude reads. */
final class InputLines {

    private final JsonMapper json;

    InputLines(JsonMapper json) {
        this.json = json;
    }

    /** Must come first: claude heeds only the first of its kind. */
    byte[] initialize(String requestId, String system) {
        var line = control(requestId, "initialize");
        line.withObject("/request").putArray("systemPrompt").add(wellFormed(system));
        return bytes(line);
    }

    byte[] interrupt(String requestId) {
        return bytes(control(requestId, "interrupt"));
    }

    /** Takes effect until the first message. */
    byte[] limit(String requestId, int maxTokens) {
        var line = control(requestId, "apply_flag_settings");
        line.withObject("/request/settings/env").put("CLAUDE_CODE_MAX_OUTPUT_TOKENS", Integer.toString(maxTokens));
        return bytes(line);
    }

    byte[] askVersion(String requestId) {
        return bytes(control(requestId, "get_binary_version"));
    }

    /** A line that claude answers. */
    byte[] question(String text) {
        return bytes(user(text));
    }

    /** A line that claude only remembers; it still ends a turn. */
    byte[] earlierQuestion(Turn turn) {
        return bytes(user(turn.text()).put("shouldQuery", false));
    }

    /** The id must be the only one of its kind in the conversation, or claude joins what does not belong together. */
    byte[] earlierAnswer(String messageId, Turn turn) {
        var line = message("assistant", messageBlocks(turn.text()));
        line.withObject("/message").put("id", messageId);
        return bytes(line);
    }

    private ObjectNode user(String text) {
        var blocks = messageBlocks(text);
        if (text.startsWith("/")) {
            // Claude takes a user text with a slash in front for a command of its own, unless another block follows. It
            // drops
            // the blank block itself, so the model is sent the text alone.
            blocks.add(block(" "));
        }
        return message("user", blocks);
    }

    private ArrayNode messageBlocks(String text) {
        return json.createArrayNode().add(block(text));
    }

    private ObjectNode block(String text) {
        return json.createObjectNode().put("type", "text").put("text", wellFormed(text));
    }

    /** Half a surrogate pair has no bytes of its own, and a line that cannot be read would end claude. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private ObjectNode message(String role, ArrayNode blocks) {
        var line = json.createObjectNode().put("type", role);
        line.putObject("message").put("role", role).set("content", blocks);
        return line.putNull("parent_tool_use_id").put("session_id", "");
    }

    private ObjectNode control(String requestId, String subtype) {
        var line = json.createObjectNode().put("type", "control_request").put("request_id", requestId);
        line.putObject("request").put("subtype", subtype);
        return line;
    }

    private byte[] bytes(ObjectNode line) {
        return json.writeValueAsBytes(line);
    }
}
