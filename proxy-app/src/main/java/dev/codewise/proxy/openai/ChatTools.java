package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.Toolbox;
import dev.codewise.proxy.completion.Toolbox.Choice;
import dev.codewise.proxy.completion.Toolbox.Tool;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The tools that a chat request brings, in today's form or in the one called functions, and how they may be used. */
final class ChatTools {

    static final String TOOLS = "tools";
    static final String FUNCTIONS = "functions";

    private final Fields fields;
    private final FunctionTools functions = new FunctionTools();

    private ChatTools(Fields fields) {
        this.fields = fields;
    }

    static Toolbox of(Fields fields) {
        return new ChatTools(fields).toolbox();
    }

    private Toolbox toolbox() {
        List<Tool> tools = new ArrayList<>(functions.listed(fields.find(TOOLS).orElse(null), TOOLS, this::tool));
        tools.addAll(functions.listed(fields.find(FUNCTIONS).orElse(null), FUNCTIONS, functions::function));
        boolean oneByOne = CallForm.of(fields) == CallForm.FUNCTION;
        return new Toolbox(tools, choice(), fields.flag("parallel_tool_calls", true) && !oneByOne);
    }

    private Tool tool(JsonNode tool, String path) {
        FunctionTools.check(tool, path);
        return functions.function(tool.path("function"), path + ".function");
    }

    private Choice choice() {
        String field = fields.has("tool_choice") ? "tool_choice" : "function_call";
        return fields.find(field).map(choice -> choice(choice, field)).orElse(Choice.AUTO);
    }

    private Choice choice(JsonNode choice, String field) {
        return switch (Fields.text(choice).orElse("named")) {
            case "auto" -> Choice.AUTO;
            case "none" -> Choice.NONE;
            case "required" -> required(field);
            case "named" -> named(choice, field);
            default -> throw unknown(field);
        };
    }

    private Choice required(String field) {
        if (functions.isEmpty()) {
            throw Refusals.invalid(field, "\"" + field + "\" demands a tool, but there are none in \"tools\".");
        }
        return Choice.REQUIRED;
    }

    private Choice named(JsonNode choice, String field) {
        boolean isTool = Fields.isWord(choice.path("type"), "function");
        String name = Fields.text((isTool ? choice.path("function") : choice).path("name"))
                .filter(given -> isTool || field.equals("function_call"))
                .orElseThrow(() -> unknown(field));
        if (!functions.has(name)) {
            throw Refusals.invalid(field, "\"" + field + "\" demands a tool that is not among those in \"tools\".");
        }
        return Choice.of(name);
    }

    private static RuntimeException unknown(String field) {
        return Refusals.mustBe(field, "auto, none, required, or an object that names one function");
    }
}
