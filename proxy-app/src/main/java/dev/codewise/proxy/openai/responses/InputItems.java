package dev.codewise.proxy.openai.responses;

import dev.codewise.proxy.openai.Refusals;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What is asked now as a list of items, in which a plain string is the user's message. */
record InputItems(List<JsonNode> items) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    static InputItems of(@Nullable JsonNode input) {
        if (input != null && input.isString()) {
            return new InputItems(List.of(userSays(input.stringValue())));
        }
        if (input == null || !input.isArray() || input.isEmpty()) {
            throw Refusals.invalid("input", "\"input\" must be the user's question: a string, or at least one item.");
        }
        return new InputItems(input.valueStream().toList());
    }

    private static JsonNode userSays(String text) {
        var part = JSON.objectNode().put("type", "input_text").put("text", text);
        var message = JSON.objectNode().put("type", "message").put("role", "user");
        return message.set("content", JSON.arrayNode().add(part));
    }

    /** What was said before, then these. */
    InputConversation after(List<JsonNode> before) {
        var conversation = new InputConversation();
        before.forEach(item -> conversation.add(item, "previous_response_id"));
        IntStream.range(0, items.size()).forEach(i -> conversation.add(items.get(i), "input[" + i + "]"));
        conversation.checkLast("input[" + (items.size() - 1) + "]");
        return conversation;
    }

    JsonNode asArray() {
        return JSON.arrayNode().addAll(items);
    }
}
