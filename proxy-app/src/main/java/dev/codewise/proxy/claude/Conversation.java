package dev.codewise.proxy.claude;

import dev.codewise.proxy.completion.Turn;
import java.util.ArrayList;
import java.util.List;

/** Turns as the API wants them: the sides alternate, nobody says nothing, and the last message is kept in the cache. */
final class Conversation {

    private Conversation() {}

    static List<Message> of(List<Turn> turns) {
        List<Message> said =
                turns.stream().map(Message::of).filter(Message::saysSomething).toList();
        var messages = new ArrayList<Message>();
        for (int start = 0, end; start < said.size(); start = end) {
            end = endOfRow(said, start);
            messages.add(Message.joined(said.subList(start, end)));
        }
        markLast(messages);
        return messages;
    }

    /** Where the other side goes on. */
    private static int endOfRow(List<Message> said, int start) {
        String role = said.get(start).role();
        int end = start + 1;
        while (end < said.size() && said.get(end).role().equals(role)) {
            end++;
        }
        return end;
    }

    private static void markLast(List<Message> messages) {
        if (!messages.isEmpty()) {
            int last = messages.size() - 1;
            messages.set(last, messages.get(last).marked());
        }
    }
}
