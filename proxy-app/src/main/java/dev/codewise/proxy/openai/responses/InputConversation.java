package dev.codewise.proxy.openai.responses;

import dev.codewise.proxy.completion.Part;
import dev.codewise.proxy.completion.Turn;
import dev.codewise.proxy.completion.Turn.Role;
import dev.codewise.proxy.openai.CallArguments;
import dev.codewise.proxy.openai.Refusals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Items one after the other, sorted into what the system says and what the two sides said.
 *
 * <p>Calls that follow each other, or a word of the model, are one turn, and so are their results: that is what models know.
 */
final class InputConversation {

    private final List<String> system = new ArrayList<>();
    private final List<Begun> turns = new ArrayList<>();

    /** The calls without a result so far, and where they are. */
    private final Map<String, String> open = new LinkedHashMap<>();

    /** A turn that may still get more. */
    private record Begun(Role role, List<Part> parts) {

        Turn whole() {
            return new Turn(role, parts);
        }
    }

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
        return turns.stream().map(Begun::whole).toList();
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
        checkClosed();
        begin(Role.USER, content.parts());
    }

    /** An empty answer of ours comes back that way. */
    private void addAnswer(String text) {
        if (!text.isBlank()) {
            begin(Role.ASSISTANT, List.of(new Part.Text(text)));
        }
    }

    private void begin(Role role, List<Part> parts) {
        turns.add(new Begun(role, new ArrayList<>(parts)));
    }

    private void addCall(JsonNode item, String at) {
        String id = InputField.filled(item, "call_id", at);
        if (open.put(id, at) != null) {
            throw Refusals.invalid(at + ".call_id", "\"" + at + ".call_id\" is the id of another call too.");
        }
        String arguments = CallArguments.of(item.path("arguments"), at + ".arguments");
        join(Role.ASSISTANT, new Part.ToolCall(id, InputField.filled(item, "name", at), arguments));
    }

    private void addResult(JsonNode item, String at) {
        String id = InputField.filled(item, "call_id", at);
        if (open.remove(id) == null) {
            throw Refusals.invalid(
                    at + ".call_id",
                    "\"" + at + ".call_id\" must be the id of a call before this item that has no output yet.");
        }
        var output = InputContent.of(item.path("output"), at + ".output");
        join(Role.USER, new Part.ToolResult(id, output.parts(), false));
    }

    /** Results never join a question: before one, every call has its result. */
    private void join(Role role, Part part) {
        int last = turns.size() - 1;
        if (last >= 0 && turns.get(last).role() == role) {
            turns.get(last).parts().add(part);
        } else {
            begin(role, List.of(part));
        }
    }

    private void checkClosed() {
        open.values().stream().findFirst().ifPresent(InputConversation::refuseOpen);
    }

    private static void refuseOpen(String at) {
        throw Refusals.invalid(
                at, "The call at \"" + at + "\" needs its \"function_call_output\" before anything is asked.");
    }

    void checkLast(String at) {
        checkClosed();
        if (turns.isEmpty() || turns.get(turns.size() - 1).role() != Role.USER) {
            throw Refusals.invalid(
                    at, "The last item must be the user's message or the output of a call, for that gets the answer.");
        }
    }
}
