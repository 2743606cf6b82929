package dev.codewise.proxy.openai.responses;

import dev.codewise.proxy.completion.Part;
import dev.codewise.proxy.completion.Turn;
import dev.codewise.proxy.completion.Turn.Role;
import dev.codewise.proxy.openai.Refusals;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Items one after the other, sorted into what the system says and what the two sides said.
 *
 * <p>Calls that follow each other, or a word of the model, are one turn, and so are their results: that is what models know.
 */
final class InputConversation {

    private final List<String> system = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();
    private final Set<String> calls = new HashSet<>();

    /** Everything that the system and the developer say after these instructions, or nothing. */
    @Nullable
    String system(@Nullable String instructions) {
        List<String> all = new ArrayList<>();
        if (instructions != null && !instructions.isBlank()) {
            all.add(instructions);
        }
        all.addAll(system);
        return all.isEmpty() ? null : String.join("\n", all);
    }

    List<Turn> turns() {
        return turns;
    }

    void add(JsonNode item, String at) {
        switch (item.path("type").asString("message")) {
            case "message" -> addMessage(item, at);
            case "function_call" -> addCall(item, at);
            case "function_call_output" -> addResult(item, at);
            case "reasoning" -> leaveOut();
            default ->
                throw Refusals.invalid(
                        at + ".type",
                        "Only items of type \"message\", \"function_call\" and \"function_call_output\" are supported here.");
        }
    }

    /** What a model thought elsewhere is no part of what was said, and sealed so that nobody else can read it. */
    private static void leaveOut() {}

    private void addMessage(JsonNode item, String at) {
        String role = InputField.text(item, "role", at);
        var content = InputContent.of(item.path("content"), at + ".content");
        switch (role) {
            case "system", "developer" -> addSystem(content.text());
            case "user" -> addQuestion(content);
            case "assistant" -> addAnswer(content.text());
            default ->
                throw Refusals.invalid(
                        at + ".role", "\"" + at + ".role\" must be system, developer, user or assistant.");
        }
    }

    private void addSystem(String text) {
        if (!text.isBlank()) {
            system.add(text);
        }
    }

    private void addQuestion(InputContent content) {
        if (content.parts().isEmpty()) {
            throw Refusals.invalid(content.at(), "\"" + content.at() + "\" must say something.");
        }
        turns.add(new Turn(Role.USER, content.parts()));
    }

    /** An empty answer of ours comes back that way. */
    private void addAnswer(String text) {
        if (!text.isBlank()) {
            turns.add(Turn.assistant(text));
        }
    }

    private void addCall(JsonNode item, String at) {
        String id = InputField.filled(item, "call_id", at);
        calls.add(id);
        join(
                Role.ASSISTANT,
                new Part.ToolCall(id, InputField.filled(item, "name", at), InputField.text(item, "arguments", at)));
    }

    private void addResult(JsonNode item, String at) {
        String id = InputField.filled(item, "call_id", at);
        if (!calls.contains(id)) {
            throw Refusals.invalid(
                    at + ".call_id", "No call before this item has the id that \"" + at + ".call_id\" names.");
        }
        var output = InputContent.of(item.path("output"), at + ".output");
        join(Role.USER, new Part.ToolResult(id, output.parts(), false));
    }

    /** Results never join a question: the turn before them is the model's, or made of results. */
    private void join(Role role, Part part) {
        int last = turns.size() - 1;
        if (last < 0 || turns.get(last).role() != role) {
            turns.add(new Turn(role, List.of(part)));
            return;
        }
        List<Part> parts = new ArrayList<>(turns.get(last).parts());
        parts.add(part);
        turns.set(last, new Turn(role, parts));
    }

    void checkLast(String at) {
        if (turns.isEmpty() || turns.get(turns.size() - 1).role() != Role.USER) {
            throw Refusals.invalid(
                    at, "The last item must be the user's message or the output of a call, for that gets the answer.");
        }
    }
}
