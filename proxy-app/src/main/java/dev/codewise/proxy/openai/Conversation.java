package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.Turn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a request, sorted into what the system says and what the two sides said.
 *
 * <p>Turns in which nothing was said are left out, for an empty answer of ours comes back that way; only a question must say
 * something, and the last word must be one.
 */
final class Conversation {

    private final List<String> system = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();

    private Conversation() {}

    static Conversation of(@Nullable List<@Nullable ChatMessage> messages) {
        if (messages == null || messages.isEmpty()) {
            throw Refusals.invalid("messages", "\"messages\" must hold at least one message, the user's question.");
        }
        var conversation = new Conversation();
        for (int i = 0; i < messages.size(); i++) {
            conversation.add(messages.get(i), "messages[" + i + "]");
        }
        conversation.checkLast("messages[" + (messages.size() - 1) + "].role", messages.get(messages.size() - 1));
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
            case "user" -> addQuestion(MessageText.of(message, path), path);
            case "assistant" -> addAnswer(message, path);
            case "tool", "function" ->
                throw Refusals.invalid(
                        path + ".role", "Results of tools are not supported yet. Leave the message out.");
            default ->
                throw Refusals.invalid(
                        path + ".role", "\"" + path + ".role\" must be system, developer, user or assistant.");
        }
    }

    private void addSystem(String text) {
        if (!text.isBlank()) {
            system.add(text);
        }
    }

    private void addQuestion(String text, String path) {
        if (text.isBlank()) {
            throw Refusals.invalid(path + ".content", "\"" + path + ".content\" must say something.");
        }
        turns.add(Turn.user(text));
    }

    private void addAnswer(ChatMessage message, String path) {
        if (message.callsTools()) {
            throw Refusals.invalid(
                    path + ".tool_calls", "Calls of tools are not supported yet. Leave the message out.");
        }
        String text = MessageText.of(message, path);
        if (!text.isBlank()) {
            turns.add(Turn.assistant(text));
        }
    }

    private void checkLast(String path, @Nullable ChatMessage last) {
        if (last == null || !"user".equals(last.role())) {
            throw Refusals.invalid(
                    path, "The last message must be the user's, for that is the question that gets the answer.");
        }
    }
}
