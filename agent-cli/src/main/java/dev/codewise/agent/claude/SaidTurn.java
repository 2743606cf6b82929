package dev.codewise.agent.claude;

import dev.codewise.agent.claude.Part.ToolCall;
import dev.codewise.agent.claude.Prompt.Speaker;
import dev.codewise.agent.claude.Prompt.Turn;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What the model has said in an answer that ended with calls. */
record SaidTurn(String words, List<ToolCall> calls) {

    private static final JsonMapper JSON = new JsonMapper();

    SaidTurn {
        calls = List.copyOf(calls);
    }

    Set<String> callIds() {
        return calls.stream().map(ToolCall::id).collect(Collectors.toSet());
    }

    /** Whether a client has sent this back; it may have written the arguments anew, and left out the white space. */
    boolean isSaidBy(Turn turn) {
        var parts = SortedParts.of(List.of(turn));
        return turn.speaker() == Speaker.ASSISTANT
                && parts.areWordsAndCalls()
                && parts.words().strip().equals(words.strip())
                && parts.calls().size() == calls.size()
                && IntStream.range(0, calls.size())
                        .allMatch(i -> isSame(calls.get(i), parts.calls().get(i)));
    }

    private static boolean isSame(ToolCall one, ToolCall other) {
        return one.id().equals(other.id())
                && one.name().equals(other.name())
                && isSameJson(one.arguments(), other.arguments());
    }

    private static boolean isSameJson(String one, String other) {
        try {
            return one.equals(other) || JSON.readTree(one).equals(JSON.readTree(other));
        } catch (JacksonException e) {
            return false;
        }
    }
}
