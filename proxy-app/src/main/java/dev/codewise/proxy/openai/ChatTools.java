package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.Toolbox;
import dev.codewise.proxy.completion.Toolbox.Choice;
import dev.codewise.proxy.completion.Toolbox.Tool;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The tools that a chat request brings, in today's form or in the one called functions, and how they may be used. */
final class ChatTools {

    static final String TOOLS = "tools";
    static final String FUNCTIONS = "functions";

    private static final int MOST = 128;
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

    private final Fields fields;
    private final Set<String> names = new HashSet<>();

    private ChatTools(Fields fields) {
        this.fields = fields;
    }

    static Toolbox of(Fields fields) {
        return new ChatTools(fields).toolbox();
    }

    private Toolbox toolbox() {
        List<Tool> tools = new ArrayList<>(listed(TOOLS));
        tools.addAll(listed(FUNCTIONS));
        boolean oneByOne = CallForm.of(fields) == CallForm.FUNCTION;
        return new Toolbox(tools, choice(), fields.flag("parallel_tool_calls", true) && !oneByOne);
    }

    private List<Tool> listed(String field) {
        JsonNode list = fields.find(field).orElse(null);
        if (list == null) {
            return List.of();
        }
        if (!list.isArray() || list.size() > MOST) {
            throw Refusals.mustBe(field, "an array of at most " + MOST + " of them");
        }
        List<Tool> tools = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            String path = field + "[" + i + "]";
            tools.add(field.equals(TOOLS) ? tool(list.get(i), path) : function(list.get(i), path));
        }
        return tools;
    }

    private Tool tool(JsonNode tool, String path) {
        if (!Fields.isWord(tool.path("type"), "function")) {
            throw Refusals.invalid(
                    path + ".type",
                    "\"" + path + ".type\" must be \"function\": there are no tools of other types here.");
        }
        return function(tool.path("function"), path + ".function");
    }

    private Tool function(JsonNode function, String path) {
        String name = Fields.text(function.path("name")).orElse("");
        if (!NAME.matcher(name).matches()) {
            throw Refusals.mustBe(path + ".name", "1 to 64 letters, digits, dashes and underscores");
        }
        if (!names.add(name)) {
            throw Refusals.invalid(path + ".name", "\"" + path + ".name\" is the name of another tool too.");
        }
        return new Tool(name, description(function, path), parameters(function, path));
    }

    private static @Nullable String description(JsonNode function, String path) {
        JsonNode description = function.path("description");
        if (description.isNull() || description.isMissingNode()) {
            return null;
        }
        return Fields.text(description)
                .map(WellFormed::text)
                .orElseThrow(() -> Refusals.mustBe(path + ".description", "a string"));
    }

    private static JsonNode parameters(JsonNode function, String path) {
        JsonNode parameters = function.path("parameters");
        if (parameters.isNull() || parameters.isMissingNode() || (parameters.isObject() && parameters.isEmpty())) {
            return nothing();
        }
        if (!parameters.isObject()) {
            throw Refusals.mustBe(path + ".parameters", "a JSON Schema");
        }
        return parameters;
    }

    /** The schema of a tool that takes no input. */
    private static JsonNode nothing() {
        var schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        schema.putObject("properties");
        return schema;
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
        if (names.isEmpty()) {
            throw Refusals.invalid(field, "\"" + field + "\" demands a tool, but there are none in \"tools\".");
        }
        return Choice.REQUIRED;
    }

    private Choice named(JsonNode choice, String field) {
        boolean isTool = Fields.isWord(choice.path("type"), "function");
        String name = Fields.text((isTool ? choice.path("function") : choice).path("name"))
                .filter(given -> isTool || field.equals("function_call"))
                .orElseThrow(() -> unknown(field));
        if (!names.contains(name)) {
            throw Refusals.invalid(field, "\"" + field + "\" demands a tool that is not among those in \"tools\".");
        }
        return Choice.of(name);
    }

    private static RuntimeException unknown(String field) {
        return Refusals.mustBe(field, "auto, none, required, or an object that names one function");
    }
}
