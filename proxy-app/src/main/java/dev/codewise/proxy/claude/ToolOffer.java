package dev.codewise.proxy.claude;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.codewise.proxy.completion.Toolbox;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The tools that the model may call, and whether it must. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ToolOffer(
        List<Tool> tools,

        @JsonProperty("tool_choice") @Nullable Choice choice) {

    /** One tool; the last one carries the mark of the cache for them all. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Tool(
            String name,
            @Nullable String description,
            @JsonProperty("input_schema") JsonNode inputSchema,

            @JsonProperty("cache_control") @Nullable CacheMark mark) {

        private static Tool of(Toolbox.Tool tool) {
            return new Tool(tool.name(), tool.description(), tool.inputSchema(), null);
        }

        private Tool marked() {
            return new Tool(name, description, inputSchema, CacheMark.EPHEMERAL);
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Choice(
            String type,
            @Nullable String name,

            @JsonProperty("disable_parallel_tool_use") @Nullable
            Boolean oneAtATime) {}

    static ToolOffer of(Toolbox toolbox) {
        var tools = new ArrayList<>(toolbox.tools().stream().map(Tool::of).toList());
        if (tools.isEmpty()) {
            return new ToolOffer(tools, null);
        }
        int last = tools.size() - 1;
        tools.set(last, tools.get(last).marked());
        return new ToolOffer(tools, choice(toolbox));
    }

    /** Whether the model has to call a tool, which it cannot do and think as well. */
    @JsonIgnore
    boolean isForced() {
        return choice != null && (choice.type.equals("any") || choice.type.equals("tool"));
    }

    @JsonIgnore
    boolean isEmpty() {
        return tools.isEmpty();
    }

    private static Choice choice(Toolbox toolbox) {
        Boolean oneAtATime = toolbox.parallel() ? null : Boolean.TRUE;
        return switch (toolbox.choice().kind()) {
            case AUTO -> new Choice("auto", null, oneAtATime);
            case NONE -> new Choice("none", null, null);
            case REQUIRED -> new Choice("any", null, oneAtATime);
            case NAMED -> new Choice("tool", toolbox.choice().name(), oneAtATime);
        };
    }
}
