package dev.codewise.agent.claude;

import dev.codewise.agent.claude.Prompt.Turn;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the lines that claude reads. */
final class InputLines {

    private final JsonMapper json;
    private final ContentBlocks blocks;

    InputLines(JsonMapper json) {
        this.json = json;
        this.blocks = new ContentBlocks(json);
    }

    /** Must come first: claude heeds only the first of its kind. */
    byte[] initialize(String requestId, Prompt prompt) {
        var system = prompt.system() == null ? "" : prompt.system();
        var toolbox = prompt.toolbox();
        var line = control(requestId, "initialize");
        var request = line.withObject("/request");
        request.putArray("systemPrompt").add(ToolDescriptions.instructions(system, toolbox));
        if (!toolbox.isEmpty()) {
            request.putArray("sdkMcpServers").add(ToolNames.SERVER);
        }
        if (prompt.wishes().schema() != null) {
            request.set(
                    "jsonSchema",
                    json.valueToTree(PlainSchema.of(prompt.wishes().schema())));
        }
        return bytes(line);
    }

    ToolLines forTools() {
        return new ToolLines(json);
    }

    byte[] interrupt(String requestId) {
        return bytes(control(requestId, "interrupt"));
    }

    /** Takes effect until the first message; nothing is said of what is left to claude. */
    byte[] settings(String requestId, Tuning tuning) {
        var line = control(requestId, "apply_flag_settings");
        var settings = line.withObject("/request/settings");
        var environment = settings.putObject("env");
        if (tuning.maxTokens() != null) {
            environment.put("CLAUDE_CODE_MAX_OUTPUT_TOKENS", Integer.toString(tuning.maxTokens()));
        }
        if (!tuning.extraBody().isEmpty()) {
            environment.put("CLAUDE_CODE_EXTRA_BODY", json.writeValueAsString(tuning.extraBody()));
        }
        if (tuning.effort() != null) {
            settings.put("effortLevel", tuning.effort());
        }
        return bytes(line);
    }

    /** None turns thinking off. */
    byte[] thinking(String requestId, int mostTokens) {
        var line = control(requestId, "set_max_thinking_tokens");
        line.withObject("/request").put("max_thinking_tokens", mostTokens);
        return bytes(line);
    }

    byte[] askCost(String requestId) {
        return bytes(control(requestId, "get_session_cost"));
    }

    byte[] askVersion(String requestId) {
        return bytes(control(requestId, "get_binary_version"));
    }

    /** A line that claude answers. */
    byte[] question(Turn turn) {
        return bytes(user(turn));
    }

    /** A line that claude only remembers; it still ends a turn. */
    byte[] earlierQuestion(Turn turn) {
        return bytes(user(turn).put("shouldQuery", false));
    }

    /** The id must be the only one of its kind in the conversation, or claude joins what does not belong together. */
    byte[] earlierAnswer(String messageId, Turn turn) {
        var line = message("assistant", blocks.of(turn.parts()));
        line.withObject("/message").put("id", messageId);
        return bytes(line);
    }

    private ObjectNode user(Turn turn) {
        var said = blocks.of(turn.parts());
        if (said.path(said.size() - 1).path("text").asString("").startsWith("/")) {
            // Claude takes a text with a slash in front for a command of its own where no other block follows. It drops
            // the
            // blank one itself, so that the model is sent what was said and nothing else.
            said.add(blocks.text(new Part.Text(" ")));
        }
        return message("user", said);
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

    /** Half a surrogate pair has no bytes of its own: it becomes a question mark, since a line that cannot be read ends claude. */
    private byte[] bytes(ObjectNode line) {
        return json.writeValueAsString(line).getBytes(StandardCharsets.UTF_8);
    }
}
