package dev.codewise.agent.claude;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The client's own tools, and how the model may use them; the client runs them. */
public record Toolbox(List<Tool> tools, Choice choice, boolean parallel) {

    public static final Toolbox EMPTY = new Toolbox(List.of(), Choice.AUTO, true);

    /** One tool; the schema of its input is JSON Schema. */
    public record Tool(String name, @Nullable String description, Map<String, Object> inputSchema) {}

    /** Whether the model must, may or must not call, and which one where only one will do. */
    public record Choice(Kind kind, @Nullable String name) {

        public static final Choice AUTO = new Choice(Kind.AUTO, null);
    }

    /** The four ways to choose; only a named choice has a name. */
    public enum Kind {
        AUTO,
        NONE,
        REQUIRED,
        NAMED
    }

    public Toolbox {
        tools = List.copyOf(tools);
    }

    public boolean isEmpty() {
        return tools.isEmpty();
    }
}
