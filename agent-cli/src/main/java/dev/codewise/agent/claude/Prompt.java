package dev.codewise.agent.claude;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What claude is asked: the turns so far, and the user's question at the end of them. */
public record Prompt(
        String model,
        @Nullable String system,
        List<Turn> history,
        String question,
        @Nullable Integer maxTokens) {

    public Prompt {
        history = List.copyOf(history);
    }

    /** One earlier message of the conversation. */
    public record Turn(Speaker speaker, String text) {}

    /** Who said it. */
    public enum Speaker {
        USER,
        ASSISTANT
    }
}
