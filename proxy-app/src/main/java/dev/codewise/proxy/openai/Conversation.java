package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.Part;
import dev.codewise.proxy.completion.Part.Text;
import dev.codewise.proxy.completion.Part.ToolResult;
import dev.codewise.proxy.completion.Turn;
import dev.codewise.proxy.completion.Turn.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a request, sorted into what the system says and what the two sides said.
 *
 * <p>Turns in which nothing was said are left out, for an empty answer of ours comes back that way; only a question must say
 * something, and the last word must be one, or the results of tools.
 */
final class Conversation {

    private static final Set<String> LAST = Set.of("user", "tool", "function");

    private final List<String> system = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();
    private final List<Part> results = new ArrayList<>();
    private final OpenCalls calls = new OpenCalls();

    private Conversation() {}

    static Conversation of(@Nullable List<@Nullable ChatMessage> messages) {
        if (messages == null || messages.isEmpty()) {
            throw Refusals.invalid("messages", "\"messages\" must hold at least one message, the user's question.");
        }
        var conversation = new Conversation();
        for (int i = 0; i < messages.size(); i++) {
            conversation.add(messages.get(i), "messages[" + i + "]");
        }
        checkLast("messages[" + (messages.size() - 1) + "].role", messages.get(messages.size() - 1));
        conversation.endResults();
        return conversation;
    }

    /** Everything that the system and the developer say, or nothing. */
    @Nullable
    String system() {
        return system.isEmpty() ? null : String.join("\n", system);
    }

    List<Turn> turns() {
        return turns;
    }

    private void add(@Nullable ChatMessage message, String path) {
        if (message == null) {
            throw Refusals.invalid(path, "\"" + path + "\" must be a message, not null.");
        }
        switch (String.valueOf(message.role())) {
            case "system", "developer" -> addSystem(MessageText.of(message, path));
            case "user" -> addQuestion(message, path + ".content");
            case "assistant" -> addAnswer(message, path);
            case "tool" -> addResult(calls.close(message, path), message, path);
            case "function" -> addResult(calls.closeFunction(message, path), message, path);
            default -> throw Refusals.mustBe(path + ".role", "system, developer, user, assistant or tool");
        }
    }

    private void addSystem(String text) {
        if (!text.isBlank()) {
            system.add(text);
        }
    }

    private void addQuestion(ChatMessage message, String at) {
        endResults();
        List<Part> parts = MessageParts.of(message.content(), at);
        if (parts.isEmpty()) {
            throw Refusals.invalid(at, "\"" + at + "\" must say something.");
        }
        turns.add(new Turn(Role.USER, parts));
    }

    private void addAnswer(ChatMessage message, String path) {
        endResults();
        List<Part> parts = new ArrayList<>();
        String text = MessageText.of(message, path);
        if (!text.isBlank()) {
            parts.add(new Text(text));
        }
        parts.addAll(calls.open(message, path));
        if (!parts.isEmpty()) {
            turns.add(new Turn(Role.ASSISTANT, parts));
        }
    }

    private void addResult(String callId, ChatMessage message, String path) {
        results.add(new ToolResult(callId, MessageParts.of(message.content(), path + ".content"), false));
    }

    /** Results that came one after the other are one turn. */
    private void endResults() {
        calls.checkClosed();
        if (!results.isEmpty()) {
            turns.add(new Turn(Role.USER, results));
            results.clear();
        }
    }

    private static void checkLast(String path, @Nullable ChatMessage last) {
        if (last == null || !LAST.contains(String.valueOf(last.role()))) {
            throw Refusals.invalid(
                    path,
                    "The last message must be the user's or the result of a tool, for that is what gets the answer.");
        }
    }
}
