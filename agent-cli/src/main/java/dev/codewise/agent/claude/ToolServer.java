package dev.codewise.agent.claude;

import dev.codewise.agent.claude.ClaudeException.Kind;
import dev.codewise.agent.claude.ClaudeLine.Asked;
import dev.codewise.agent.claude.ClaudeLine.Ready;
import dev.codewise.agent.claude.Part.ToolResult;
import dev.codewise.agent.claude.Toolbox.Tool;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What claude takes for the MCP server of the client's tools, though it is at the other end of its own control channel. It
 * answers claude's questions about the tools, and keeps its calls until the client has sent what came of them.
 */
final class ToolServer {

    private static final String OWN_PROTOCOL = "2025-11-25";

    private final ToolLines lines;
    private final Consumer<byte[]> claude;
    private final Map<String, Asked> pending = new HashMap<>();
    private List<Tool> tools = List.of();
    private ToolNames names = new ToolNames(tools);

    /** What is said goes to claude's input. */
    ToolServer(ToolLines lines, Consumer<byte[]> claude) {
        this.lines = lines;
        this.claude = claude;
    }

    /** For a claude that is told of no server. */
    static ToolServer idle() {
        return new ToolServer(new ToolLines(new JsonMapper()), line -> {});
    }

    /** Before claude has been told that there is a server. */
    void offer(Toolbox toolbox) {
        tools = toolbox.tools();
        names = new ToolNames(tools);
    }

    ToolNames names() {
        return names;
    }

    /** Claude leaves out what it cannot take, without a word. */
    void ready(Ready line) {
        if (!names.areAmong(line.tools())) {
            throw new ClaudeException(
                    Kind.INVALID_REQUEST, "claude does not take all of the tools: check their schemas");
        }
    }

    void asked(Asked question) {
        if (!question.subtype().equals("mcp_message")) {
            claude.accept(lines.refusal(question.requestId(), "not supported here: " + question.subtype()));
        } else if (question.method().equals("tools/call")) {
            pending.put(callId(question), question);
        } else {
            claude.accept(answer(question));
        }
    }

    private byte[] answer(Asked question) {
        return switch (question.method()) {
            case "initialize" -> lines.introduction(question, OWN_PROTOCOL);
            case "tools/list" -> lines.tools(question, tools);
            // a notification left unanswered keeps claude from starting
            default -> lines.nothing(question);
        };
    }

    private static String callId(Asked call) {
        JsonNode about = call.message().path("params").path("_meta");
        return about.path("claudecode/toolUseId").asString("");
    }

    /** Whether claude waits for what comes of all of these calls. */
    boolean awaitsAll(Set<String> callIds) {
        return pending.keySet().containsAll(callIds);
    }

    /** What came of a call that claude waits for. */
    void answer(ToolResult result) {
        var call = pending.remove(result.callId());
        if (call != null) {
            claude.accept(lines.result(call, result));
        }
    }
}
