package dev.codewise.agent.claude;

import dev.codewise.agent.claude.ClaudeLine.ToolCallPiece;
import dev.codewise.agent.claude.ClaudeLine.ToolCallStarted;
import dev.codewise.agent.claude.Part.ToolCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The calls of the client's tools that the model makes in one answer, told on while they come, and the words before them. Other
 * tools are claude's own business.
 */
final class ToolCalls {

    private final ToolNames names;
    private final AnswerListener listener;
    private final List<Call> calls = new ArrayList<>();

    /** By the place that claude gives the block in the message. */
    private final Map<Integer, Call> open = new HashMap<>();

    private final StringBuilder words = new StringBuilder();

    ToolCalls(ToolNames names, AnswerListener listener) {
        this.names = names;
        this.listener = listener;
    }

    /** Kept only where calls may follow. */
    void note(String piece) {
        if (!names.isEmpty()) {
            words.append(piece);
        }
    }

    void begin(ToolCallStarted line) {
        names.clientName(line.name()).ifPresent(name -> begin(line, name));
    }

    private void begin(ToolCallStarted line, String name) {
        var call = new Call(calls.size(), line.id(), name, new StringBuilder());
        calls.add(call);
        open.put(line.block(), call);
        listener.toolCall(new CallPiece(call.index(), call.id(), call.name(), ""));
    }

    void goOn(ToolCallPiece line) {
        var call = open.get(line.block());
        if (call != null && !line.json().isEmpty()) {
            tell(call, line.json());
        }
    }

    /** The message is over. No pieces at all are how the API says that a tool takes nothing. */
    void end() {
        open.values().stream().filter(call -> call.arguments().isEmpty()).forEach(call -> tell(call, "{}"));
        open.clear();
    }

    private void tell(Call call, String json) {
        call.arguments().append(json);
        listener.toolCall(new CallPiece(call.index(), null, null, json));
    }

    boolean isEmpty() {
        return calls.isEmpty();
    }

    /** In the order in which they were made. */
    SaidTurn said() {
        return new SaidTurn(words.toString(), calls.stream().map(Call::made).toList());
    }

    Set<String> ids() {
        return calls.stream().map(Call::id).collect(Collectors.toSet());
    }

    private record Call(int index, String id, String name, StringBuilder arguments) {

        ToolCall made() {
            return new ToolCall(id, name, arguments.toString());
        }
    }
}
