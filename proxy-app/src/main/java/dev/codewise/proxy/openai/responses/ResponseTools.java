package dev.codewise.proxy.openai.responses;

import dev.codewise.proxy.completion.Toolbox;
import dev.codewise.proxy.completion.Toolbox.Choice;
import dev.codewise.proxy.completion.Toolbox.Tool;
import dev.codewise.proxy.openai.FunctionTools;
import dev.codewise.proxy.openai.Refusals;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The functions of a request, and how the model may use them. */
final class ResponseTools {

    private final ResponseRequest request;
    private final FunctionTools functions = new FunctionTools();

    private ResponseTools(ResponseRequest request) {
        this.request = request;
    }

    static Toolbox of(ResponseRequest request) {
        return new ResponseTools(request).toolbox();
    }

    private Toolbox toolbox() {
        List<Tool> tools = functions.listed(request.tools(), "tools", this::tool);
        return new Toolbox(tools, choice(request.toolChoice()), request.allowsParallelCalls());
    }

    private Tool tool(JsonNode tool, String at) {
        FunctionTools.check(tool, at);
        return functions.function(tool, at);
    }

    private Choice choice(@Nullable JsonNode choice) {
        if (choice == null || choice.isNull()) {
            return Choice.AUTO;
        }
        return switch (choice.isString()
                ? choice.stringValue()
                : choice.path("type").asString("")) {
            case "auto" -> Choice.AUTO;
            case "none" -> Choice.NONE;
            case "required" -> required();
            case "function" -> named(InputField.filled(choice, "name", "tool_choice"));
            default ->
                throw Refusals.invalid(
                        "tool_choice", "\"tool_choice\" must be auto, none, required, or a function and its name.");
        };
    }

    private Choice required() {
        if (functions.isEmpty()) {
            throw Refusals.invalid("tool_choice", "\"tool_choice\" demands a tool, but there are none in \"tools\".");
        }
        return Choice.REQUIRED;
    }

    private Choice named(String name) {
        if (!functions.has(name)) {
            throw Refusals.invalid("tool_choice.name", "\"tool_choice.name\" is none of the tools.");
        }
        return Choice.of(name);
    }
}
