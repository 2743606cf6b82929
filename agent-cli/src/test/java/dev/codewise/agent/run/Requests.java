package dev.codewise.agent.run;

import dev.codewise.protocol.ProxyEvent.RunRequest;
import dev.codewise.protocol.RunContent;
import dev.codewise.protocol.RunParameters;
import dev.codewise.protocol.RunPart;
import dev.codewise.protocol.RunTool;
import dev.codewise.protocol.RunTurn;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests as a proxy sends them. */
public final class Requests {

    private static final long TIMEOUT = 20_000;
    private static final long DURATION = 60_000;

    private Requests() {}

    public static RunRequest request(String id, RunTurn... turns) {
        return new RunRequest(id, 1, "opus", true, null, List.of(turns), null, TIMEOUT, DURATION);
    }

    static RunRequest silentFor(String id, long timeoutMs) {
        return new RunRequest(id, 1, "opus", true, null, List.of(user("Hi")), null, timeoutMs, DURATION);
    }

    static RunRequest ofModel(String model) {
        return new RunRequest("req_1", 1, model, true, null, List.of(user("Hi")), null, TIMEOUT, DURATION);
    }

    static RunRequest limited(int maxTokens) {
        return asking(RunParameters.ofMaxTokens(maxTokens));
    }

    static RunRequest asking(RunParameters parameters) {
        return new RunRequest("req_1", 1, "opus", true, null, List.of(user("Hi")), parameters, TIMEOUT, DURATION);
    }

    /** With the tool {@code look}; the request before is named where there is one to continue. */
    public static RunRequest looking(String id, @Nullable String continues, RunTurn... turns) {
        var tools = List.of(new RunTool("look", "Looks.", Map.of("type", "object")));
        var parameters = new RunParameters(null, null, null, null, null, null, tools, null, null);
        return new RunRequest(
                id, 1, "opus", true, null, List.of(turns), parameters, TIMEOUT, DURATION, null, continues);
    }

    /** What an assistant said that called {@code look} at 1. */
    public static RunTurn called(String words, String callId) {
        var content =
                new RunContent(List.of(new RunPart.Text(words), new RunPart.ToolCall(callId, "look", "{\"at\":1}")));
        return new RunTurn(RunTurn.Role.ASSISTANT, content);
    }

    public static RunTurn came(String callId, String result) {
        var part = new RunPart.ToolResult(callId, RunContent.of(result), null);
        return new RunTurn(RunTurn.Role.TOOL, new RunContent(List.of(part)));
    }

    public static RunTurn user(String text) {
        return new RunTurn(RunTurn.Role.USER, text);
    }

    static RunTurn assistant(String text) {
        return new RunTurn(RunTurn.Role.ASSISTANT, text);
    }
}
