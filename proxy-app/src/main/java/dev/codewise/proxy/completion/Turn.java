package dev.codewise.proxy.completion;

import java.util.List;

/** What one side said before, or asks now; the results of tools are the user's to say. */
public record Turn(Role role, List<Part> parts) {

    /** The two sides of a conversation; what the system says is not a turn. */
    public enum Role {
        USER,
        ASSISTANT
    }

    public Turn {
        parts = List.copyOf(parts);
    }

    public static Turn user(String text) {
        return new Turn(Role.USER, List.of(new Part.Text(text)));
    }

    public static Turn assistant(String text) {
        return new Turn(Role.ASSISTANT, List.of(new Part.Text(text)));
    }
}
