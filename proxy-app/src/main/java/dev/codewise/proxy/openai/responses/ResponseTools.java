package dev.codewise.proxy.openai.responses;

import dev.codewise.proxy.completion.Toolbox;
import dev.codewise.proxy.completion.Toolbox.Choice;
import dev.codewise.proxy.completion.Toolbox.Tool;
import dev.codewise.proxy.openai.Refusals;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The functions of a request, and how the model may use them. */
final class ResponseTools {

    private final ResponseRequest request;

    private ResponseTools(ResponseRequest request) {
        this.request = request;
    }

    static Toolbox of(ResponseRequest request) {
        return new ResponseTools(request).toolbox();
    }

    private Toolbox toolbox() {
        List<Tool> tools = tools(request.tools());
        return new Toolbox(tools, choice(request.toolChoice(), tools), request.allowsParallelCalls());
    }

    private static List<Tool> tools(@Nullable JsonNode tools) {
        if (tools == null || tools.isNull()) {
            return List.of();
        }
        if (!tools.isArray()) {
            throw Refusals.invalid("tools", "\"tools\" must be an array of functions.");
        }
        return IntStream.range(0, tools.size())
                .mapToObj(i -> tool(tools.get(i), "tools[" + i + "]"))
                .toList();
    }

    private static Tool tool(JsonNode tool, String at) {
        if (!tool.path("type").asString("").equals("function")) {
            throw Refusals.invalid(
                    at + ".type", "Only tools of type \"function\" are supported here. Leave the others out.");
        }
        JsonNode description = tool.path("description");
        return new Tool(
                InputField.filled(tool, "name", at),
                description.isString() ? description.stringValue() : null,
                schema(tool.path("parameters"), at + ".parameters"));
    }

    /** A function without parameters takes an empty object. */
    private static JsonNode schema(JsonNode parameters, String at) {
        if (parameters.isMissingNode() || parameters.isNull()) {
            return JsonNodeFactory.instance.objectNode().put("type", "object");
        }
        if (!parameters.isObject()) {
            throw Refusals.invalid(at, "\"" + at + "\" must be a JSON Schema.");
        }
        return parameters;
    }

    private static Choice choice(@Nullable JsonNode choice, List<Tool> tools) {
        if (choice == null || choice.isNull()) {
            return Choice.AUTO;
        }
        return switch (choice.isString()
                ? choice.stringValue()
                : choice.path("type").asString("")) {
            case "auto" -> Choice.AUTO;
            case "none" -> Choice.NONE;
            case "required" -> Choice.REQUIRED;
            case "function" -> named(InputField.filled(choice, "name", "tool_choice"), tools);
            default ->
                throw Refusals.invalid(
                        "tool_choice", "\"tool_choice\" must be auto, none, required, or a function and its name.");
        };
    }

    private static Choice named(String name, List<Tool> tools) {
        if (tools.stream().noneMatch(tool -> tool.name().equals(name))) {
            throw Refusals.invalid("tool_choice.name", "\"tool_choice.name\" is none of the tools.");
        }
        return Choice.of(name);
    }
}
