package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.Toolbox.Tool;
import dev.codewise.proxy.completion.WellFormed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The functions that one request brings as tools, each under a name of its own. */
public final class FunctionTools {

    /** Reads the tool that is at this place of the request. */
    @FunctionalInterface
    public interface Reader {

        Tool read(JsonNode tool, String path);
    }

    private static final int MOST = 128;
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

    private final Set<String> names = new HashSet<>();

    /** All of a list, or none where there is no list. */
    public List<Tool> listed(@Nullable JsonNode list, String field, Reader reader) {
        if (list == null || list.isNull()) {
            return List.of();
        }
        if (!list.isArray() || list.size() > MOST) {
            throw Refusals.mustBe(field, "an array of at most " + MOST + " of them");
        }
        List<Tool> tools = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            tools.add(reader.read(list.get(i), field + "[" + i + "]"));
        }
        return tools;
    }

    /** Fails where something else is asked for than a function. */
    public static void check(JsonNode tool, String path) {
        if (!Fields.isWord(tool.path("type"), "function")) {
            throw Refusals.invalid(
                    path + ".type",
                    "\"" + path + ".type\" must be \"function\": there are no tools of other types here.");
        }
    }

    public boolean has(String name) {
        return names.contains(name);
    }

    public boolean isEmpty() {
        return names.isEmpty();
    }

    /** The tool that a function is, where the object holds its name and all the rest. */
    public Tool function(JsonNode function, String path) {
        String name = Fields.text(function.path("name")).orElse("");
        if (!NAME.matcher(name).matches()) {
            throw Refusals.mustBe(path + ".name", "1 to 64 letters, digits, dashes and underscores");
        }
        if (!names.add(name)) {
            throw Refusals.invalid(path + ".name", "\"" + path + ".name\" is the name of another tool too.");
        }
        boolean strict = Fields.isTrue(function.path("strict"));
        return new Tool(name, description(function, path), parameters(function, path), strict);
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
}
