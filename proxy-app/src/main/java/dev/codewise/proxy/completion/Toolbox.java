package dev.codewise.proxy.completion;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The client's own tools, and how the model may use them. The client runs them; the model only says which, and with what. */
public record Toolbox(List<Tool> tools, Choice choice, boolean parallel) {

    public static final Toolbox EMPTY = new Toolbox(List.of(), Choice.AUTO, true);

    /** One tool; the schema of its input is JSON Schema, to which its calls are to be held where it is strict. */
    public record Tool(String name, @Nullable String description, JsonNode inputSchema, boolean strict) {

        public Tool(String name, @Nullable String description, JsonNode inputSchema) {
            this(name, description, inputSchema, false);
        }
    }

    /** Whether the model must, may or must not call, and which one where only one will do. */
    public record Choice(Kind kind, @Nullable String name) {

        public static final Choice AUTO = new Choice(Kind.AUTO, null);
        public static final Choice NONE = new Choice(Kind.NONE, null);
        public static final Choice REQUIRED = new Choice(Kind.REQUIRED, null);

        public static Choice of(String tool) {
            return new Choice(Kind.NAMED, tool);
        }

        /** Whether the model has to call one. */
        public boolean isForced() {
            return kind == Kind.REQUIRED || kind == Kind.NAMED;
        }
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

    /** The schemas to which calls are to be held. */
    public List<JsonNode> strictSchemas() {
        return tools.stream().filter(Tool::strict).map(Tool::inputSchema).toList();
    }

    public boolean isEmpty() {
        return tools.isEmpty();
    }
}
