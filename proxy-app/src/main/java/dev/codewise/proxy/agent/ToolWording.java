package dev.codewise.proxy.agent;

import dev.codewise.protocol.RunTool;
import dev.codewise.protocol.RunToolChoice;
import dev.codewise.protocol.RunToolChoice.Mode;
import dev.codewise.proxy.completion.Toolbox;
import dev.codewise.proxy.completion.Toolbox.Choice;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client's tools in the words of the agent protocol; what is as it usually is, is not said. */
record ToolWording(Toolbox toolbox) {

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    @Nullable
    List<RunTool> tools() {
        return toolbox.isEmpty()
                ? null
                : toolbox.tools().stream().map(ToolWording::of).toList();
    }

    private static RunTool of(Toolbox.Tool tool) {
        return new RunTool(tool.name(), tool.description(), schema(tool.inputSchema()));
    }

    @Nullable
    RunToolChoice choice() {
        return (toolbox.isEmpty() || toolbox.choice().equals(Choice.AUTO))
                ? null
                : new RunToolChoice(mode(toolbox.choice()), toolbox.choice().name());
    }

    private static Mode mode(Choice choice) {
        return switch (choice.kind()) {
            case AUTO -> Mode.AUTO;
            case NONE -> Mode.NONE;
            case REQUIRED -> Mode.REQUIRED;
            case NAMED -> Mode.NAMED;
        };
    }

    /** Only ever false. */
    @Nullable
    Boolean parallel() {
        return (toolbox.isEmpty() || toolbox.parallel()) ? null : Boolean.FALSE;
    }

    /** The schema that is only {@code true} lets everything be, as an empty one does. */
    static Map<String, Object> schema(JsonNode schema) {
        return schema.isObject() ? JsonMapper.shared().convertValue(schema, OBJECT) : Map.of();
    }
}
