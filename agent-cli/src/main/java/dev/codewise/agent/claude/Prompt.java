package dev.codewise.agent.claude;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What claude is asked: the turns of a conversation, of which the user has the last, and what the client wishes of the answer. */
public record Prompt(String model, @Nullable String system, List<Turn> turns, Toolbox toolbox, Wishes wishes) {

    public Prompt {
        turns = List.copyOf(turns);
        if (turns.isEmpty() || turns.get(turns.size() - 1).speaker() != Speaker.USER) {
            throw new IllegalArgumentException("the last turn must be the user's");
        }
    }

    /** Without tools and wishes. */
    public Prompt(String model, @Nullable String system, List<Turn> turns) {
        this(model, system, turns, Toolbox.EMPTY, Wishes.NONE);
    }

    /** What is to be answered. */
    public Turn question() {
        return turns.get(turns.size() - 1);
    }

    /** What was said before. */
    public List<Turn> history() {
        return turns.subList(0, turns.size() - 1);
    }

    /** What one side said before, or asks now; the results of tools are the user's to say. */
    public record Turn(Speaker speaker, List<Part> parts) {

        public Turn {
            parts = List.copyOf(parts);
        }

        public static Turn user(String text) {
            return new Turn(Speaker.USER, List.of(new Part.Text(text)));
        }

        public static Turn assistant(String text) {
            return new Turn(Speaker.ASSISTANT, List.of(new Part.Text(text)));
        }
    }

    /** The two sides of a conversation. */
    public enum Speaker {
        USER,
        ASSISTANT
    }
}
