package dev.codewise.proxy.anthropic;

import dev.codewise.proxy.completion.Part;
import dev.codewise.proxy.completion.Turn;
import dev.codewise.proxy.completion.Turn.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a request, sorted into what the system says, also between the turns, and what the two sides said.
 *
 * <p>Turns in which nothing was said are left out; the last one must be a question.
 */
final class Conversation {

    private final List<String> system = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();

    private Conversation() {}

    static Conversation of(Field system, Field messages) {
        var conversation = new Conversation();
        conversation.addSystem(system);
        List<Field> given = messages.items();
        messages.require(!given.isEmpty(), "must hold at least one message.");
        given.forEach(conversation::add);
        conversation.checkLast(messages);
        return conversation;
    }

    /** Everything that the system says, or nothing. */
    @Nullable
    String system() {
        return system.isEmpty() ? null : String.join("\n", system);
    }

    List<Turn> turns() {
        return turns;
    }

    private void add(Field message) {
        Field content = message.object().member("content");
        Field role = message.member("role");
        switch (role.text()) {
            case "user" -> addTurn(Role.USER, content);
            case "assistant" -> addTurn(Role.ASSISTANT, content);
            case "system" -> addSystem(content);
            default -> throw role.wrong("must be user or assistant.");
        }
    }

    private void addTurn(Role role, Field content) {
        content.require(content.isGiven(), "is missing.");
        List<Part> parts = Content.of(content);
        if (!parts.isEmpty()) {
            turns.add(new Turn(role, parts));
        }
    }

    private void addSystem(Field field) {
        if (field.isText()) {
            addSystem(field.text());
        } else {
            field.items().forEach(block -> addSystem(systemText(block)));
        }
    }

    private static String systemText(Field block) {
        Field type = block.object().member("type");
        type.require("text".equals(type.text()), "must be text, for the system says nothing else.");
        return block.member("text").text();
    }

    private void addSystem(String text) {
        if (!text.isBlank()) {
            system.add(text);
        }
    }

    private void checkLast(Field messages) {
        messages.require(
                !turns.isEmpty() && turns.get(turns.size() - 1).role() == Role.USER,
                "must end with a message of the user that says something, for that is the question.");
    }
}
