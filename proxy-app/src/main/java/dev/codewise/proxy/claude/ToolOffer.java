package dev.codewise.proxy.claude;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.Generation;
import dev.codewise.proxy.completion.Part;
import dev.codewise.proxy.completion.Toolbox;
import dev.codewise.proxy.completion.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The tools that the model may call, and whether it must. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ToolOffer(
        List<Tool> tools,

        @JsonProperty("tool_choice") @Nullable Choice choice,

        @JsonIgnore Purpose purpose) {

    private static final Choice UNCALLABLE = new Choice("none", null, null);

    /** Who put the tools there. */
    enum Purpose {
        /** The client. */
        CLIENTS,
        /** Nobody: the API wants tools to be defined where calls of some were made before. */
        HISTORY,
        /** This provider, so that the answer gets the form of a call. */
        ANSWER
    }

    /** One tool; the last one carries the mark of the cache for them all. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Tool(
            String name,
            @Nullable String description,
            @JsonProperty("input_schema") JsonNode inputSchema,
            @Nullable Boolean strict,

            @JsonProperty("cache_control") @Nullable CacheMark mark) {

        private static Tool of(Toolbox.Tool tool, boolean canBeStrict) {
            Boolean strict = (canBeStrict && tool.strict()) ? Boolean.TRUE : null;
            return new Tool(tool.name(), tool.description(), tool.inputSchema(), strict, null);
        }

        private static Tool called(String name) {
            return new Tool(name, null, JsonNodeFactory.instance.objectNode().put("type", "object"), null, null);
        }

        private Tool marked() {
            return new Tool(name, description, inputSchema, strict, CacheMark.EPHEMERAL);
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Choice(
            String type,
            @Nullable String name,

            @JsonProperty("disable_parallel_tool_use") @Nullable
            Boolean oneAtATime) {}

    static ToolOffer of(CompletionRequest request, Generation generation) {
        Toolbox toolbox = request.toolbox();
        return toolbox.isEmpty()
                ? new ToolOffer(marked(calledIn(request.turns())), null, Purpose.HISTORY).uncallable()
                : new ToolOffer(marked(toolsOf(toolbox, generation)), choice(toolbox), Purpose.CLIENTS);
    }

    /** Either all calls that are to be held to their schemas are, or none, which is easier to say. */
    private static Stream<Tool> toolsOf(Toolbox toolbox, Generation generation) {
        boolean canBeStrict = generation.takesSchemas() && ToolGrammar.canHoldTo(toolbox.strictSchemas());
        return toolbox.tools().stream().map(tool -> Tool.of(tool, canBeStrict));
    }

    /** Whether calls of some of the tools are held to their schemas. */
    @JsonIgnore
    boolean isStrict() {
        return tools.stream().anyMatch(tool -> tool.strict != null);
    }

    /** The one tool that has to be called with the answer. */
    static ToolOffer forAnswer(JsonNode schema) {
        var tool = new Tool("answer", "Takes the answer to the user.", schema, null, null);
        return new ToolOffer(marked(Stream.of(tool)), new Choice("tool", tool.name, Boolean.TRUE), Purpose.ANSWER);
    }

    private ToolOffer uncallable() {
        return tools.isEmpty() ? this : new ToolOffer(tools, UNCALLABLE, purpose);
    }

    private static Stream<Tool> calledIn(List<Turn> turns) {
        return turns.stream()
                .flatMap(turn -> turn.parts().stream())
                .filter(Part.ToolCall.class::isInstance)
                .map(part -> ((Part.ToolCall) part).name())
                .distinct()
                .map(Tool::called);
    }

    private static List<Tool> marked(Stream<Tool> offered) {
        var tools = new ArrayList<>(offered.toList());
        if (!tools.isEmpty()) {
            int last = tools.size() - 1;
            tools.set(last, tools.get(last).marked());
        }
        return tools;
    }

    /** Whether no tools are about at all. */
    @JsonIgnore
    boolean isEmpty() {
        return tools.isEmpty();
    }

    /** Whether the client offers none, though some may have been called. */
    @JsonIgnore
    boolean isUncallable() {
        return purpose == Purpose.HISTORY;
    }

    @JsonIgnore
    boolean isForAnswer() {
        return purpose == Purpose.ANSWER;
    }

    /** Whether the model has to call a tool, which it cannot do and think as well. */
    @JsonIgnore
    boolean isForced() {
        return choice != null && (choice.type.equals("any") || choice.type.equals("tool"));
    }

    private static Choice choice(Toolbox toolbox) {
        Boolean oneAtATime = toolbox.parallel() ? null : Boolean.TRUE;
        return switch (toolbox.choice().kind()) {
            case AUTO -> new Choice("auto", null, oneAtATime);
            case NONE -> UNCALLABLE;
            case REQUIRED -> new Choice("any", null, oneAtATime);
            case NAMED -> new Choice("tool", toolbox.choice().name(), oneAtATime);
        };
    }
}
