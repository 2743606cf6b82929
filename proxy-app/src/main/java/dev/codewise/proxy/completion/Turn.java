package dev.codewise.proxy.completion;

/** What one side said before, or asks now. */
public record Turn(Role role, String text) {

    /** The two sides of a conversation; what the system says is not a turn. */
    public enum Role {
        USER,
        ASSISTANT
    }

    public static Turn user(String text) {
        return new Turn(Role.USER, text);
    }

    public static Turn assistant(String text) {
        return new Turn(Role.ASSISTANT, text);
    }
}
