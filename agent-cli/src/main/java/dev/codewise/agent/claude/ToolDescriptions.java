package dev.codewise.agent.claude;

import dev.codewise.agent.claude.Toolbox.Tool;
import java.util.stream.Collectors;

/** What the model is told about the client's tools: claude cuts long descriptions, so what is left of them goes to the instructions. */
final class ToolDescriptions {

    /** Claude cuts at 2048. */
    private static final int LONGEST = 2000;

    private static final String CONTINUED = " … (continued in the system prompt)";

    private ToolDescriptions() {}

    /** What stands with the tool itself. */
    static String brief(Tool tool) {
        var whole = whole(tool);
        return isBrief(tool) ? whole : whole.substring(0, cut(whole)) + CONTINUED;
    }

    /** The client's instructions, and below them what did not fit. */
    static String instructions(String system, Toolbox toolbox) {
        var rest = toolbox.tools().stream()
                .filter(tool -> !isBrief(tool))
                .map(tool ->
                        "The description of the tool " + ToolNames.seen(tool.name()) + ", continued:\n" + rest(tool))
                .collect(Collectors.joining("\n\n"));
        return rest.isEmpty() || system.isEmpty() ? system + rest : system + "\n\n" + rest;
    }

    private static boolean isBrief(Tool tool) {
        return whole(tool).length() <= LONGEST;
    }

    private static String whole(Tool tool) {
        var description = tool.description();
        return description == null ? "" : description;
    }

    private static String rest(Tool tool) {
        var whole = whole(tool);
        return whole.substring(cut(whole));
    }

    /** Not between the halves of a character. */
    private static int cut(String whole) {
        var end = LONGEST - CONTINUED.length();
        return Character.isHighSurrogate(whole.charAt(end - 1)) ? end - 1 : end;
    }
}
