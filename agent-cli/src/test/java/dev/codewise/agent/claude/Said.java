package dev.codewise.agent.claude;

import dev.codewise.agent.claude.Prompt.Turn;
import java.util.List;

/** Prompts and their turns, as short as tests want to say them. */
final class Said {

    static final String MODEL = "claude-sonnet-5";

    private Said() {}

    static Prompt prompt(Turn... turns) {
        return new Prompt(MODEL, null, List.of(turns));
    }

    static Prompt prompt(String question) {
        return prompt(user(question));
    }

    static Prompt wishing(Wishes wishes, Turn... turns) {
        return new Prompt(MODEL, "You are terse.", List.of(turns), Toolbox.EMPTY, wishes);
    }

    static Turn user(String text) {
        return Turn.user(text);
    }

    static Turn user(Part... parts) {
        return new Turn(Prompt.Speaker.USER, List.of(parts));
    }

    static Turn assistant(String text) {
        return Turn.assistant(text);
    }

    static Turn assistant(Part... parts) {
        return new Turn(Prompt.Speaker.ASSISTANT, List.of(parts));
    }

    static Part text(String text) {
        return new Part.Text(text);
    }

    static Part call(String id, String arguments) {
        return new Part.ToolCall(id, "look", arguments);
    }

    static Part result(String callId, Part... content) {
        return new Part.ToolResult(callId, List.of(content), false);
    }
}
