package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.Part.ToolCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The calls of tools in a conversation that have no result yet: each gets exactly one before anything else is said. */
final class OpenCalls {

    private final Map<String, String> namesById = new LinkedHashMap<>();
    private String openedAt = "";

    /** The calls that a message of the model's reports. */
    List<ToolCall> open(ChatMessage message, String path) {
        List<ToolCall> calls = new ArrayList<>();
        filled(message.functionCall()).ifPresent(function -> calls.add(oldCall(function, path)));
        filled(message.toolCalls()).ifPresent(list -> calls.addAll(calls(list, path + ".tool_calls")));
        calls.forEach(this::open);
        return calls;
    }

    private static Optional<JsonNode> filled(@Nullable JsonNode calls) {
        return Optional.ofNullable(calls).filter(each -> !each.isNull() && !each.isEmpty());
    }

    /** In the form without ids, of which there is one in a message. */
    private ToolCall oldCall(JsonNode function, String path) {
        openedAt = path + ".function_call";
        return call("call_" + path.replaceAll("\\D", ""), function, openedAt);
    }

    private void open(ToolCall call) {
        if (namesById.put(call.id(), call.name()) != null) {
            throw Refusals.invalid(openedAt, "\"" + openedAt + "\" has the same \"id\" twice.");
        }
    }

    private List<ToolCall> calls(JsonNode list, String path) {
        openedAt = path;
        List<ToolCall> calls = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            JsonNode each = list.path(i);
            String at = openedAt + "[" + i + "]";
            if (!Fields.isWord(each.path("type"), "function")) {
                throw Refusals.mustBe(at + ".type", "\"function\"");
            }
            calls.add(call(required(each, "id", at), each.path("function"), at + ".function"));
        }
        return calls;
    }

    private static ToolCall call(String id, JsonNode function, String at) {
        return new ToolCall(
                id, required(function, "name", at), CallArguments.of(function.path("arguments"), at + ".arguments"));
    }

    private static String required(JsonNode node, String field, String at) {
        return Fields.text(node.path(field))
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> Refusals.mustBe(at + "." + field, "a string that is not empty"));
    }

    /** Closes the call that a message brings the result of, and tells its id. */
    String close(ChatMessage result, String path) {
        String at = path + ".tool_call_id";
        String id = result.toolCallId();
        if (id == null || namesById.remove(id) == null) {
            throw Refusals.invalid(
                    at, "\"" + at + "\" must be the id of a call in the message before that has no result yet.");
        }
        return id;
    }

    /** The same for the form without ids, which has at most one call at a time. */
    String closeFunction(ChatMessage result, String path) {
        String at = path + ".name";
        String id = namesById.entrySet().stream()
                .filter(call -> call.getValue().equals(result.name()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> Refusals.mustBe(at, "the name of the function that the message before calls"));
        namesById.remove(id);
        return id;
    }

    void checkClosed() {
        if (!namesById.isEmpty()) {
            throw Refusals.invalid(
                    openedAt, "\"" + openedAt + "\" has calls whose results are missing in the messages after it.");
        }
    }
}
