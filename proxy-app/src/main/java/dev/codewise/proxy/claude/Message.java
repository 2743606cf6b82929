package dev.codewise.proxy.claude;

import dev.codewise.proxy.completion.Turn;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What one side has said until it was the other's turn. */
record Message(String role, List<Block> content) {

    static Message of(Turn turn) {
        return new Message(roleOf(turn.role()), BlockOfPart.of(turn.parts()));
    }

    /** One message of several: the API wants the results of all calls in the one behind them, before any words. */
    static Message joined(List<Message> row) {
        List<Block> content = row.stream()
                .flatMap(message -> message.content.stream())
                .sorted(Comparator.comparing(block -> !block.answersCall()))
                .toList();
        return new Message(row.get(0).role, content);
    }

    boolean saysSomething() {
        return !content.isEmpty();
    }

    /** The same message, kept in the cache up to its end. */
    Message marked() {
        int last = content.size() - 1;
        Stream<Block> before = content.stream().limit(last);
        return new Message(
                role,
                Stream.concat(before, Stream.of(content.get(last).marked())).toList());
    }

    private static String roleOf(Turn.Role role) {
        return switch (role) {
            case USER -> "user";
            case ASSISTANT -> "assistant";
        };
    }
}
