package dev.codewise.proxy.anthropic;

import dev.codewise.proxy.completion.Toolbox;
import dev.codewise.proxy.completion.Toolbox.Choice;
import dev.codewise.proxy.completion.Toolbox.Tool;
import java.util.List;

/** Reads the client's tools, and how the model may use them. Tools that Anthropic runs itself are not to be had here. */
final class Tools {

    private Tools() {}

    static Toolbox of(Field tools, Field choice) {
        List<Tool> given = tools.items().stream().map(Tools::tool).toList();
        boolean oneByOne = choice.member("disable_parallel_tool_use").flag();
        return new Toolbox(given, choice.isGiven() ? choice(choice.object(), given) : Choice.AUTO, !oneByOne);
    }

    private static Tool tool(Field tool) {
        Field type = tool.object().member("type");
        type.require(
                "custom".equals(type.optionalText().orElse("custom")),
                "must be custom, for only the Claude API itself has other tools.");
        return new Tool(
                tool.member("name").text(),
                tool.member("description").optionalText().orElse(null),
                tool.member("input_schema").object().value(),
                tool.member("strict").flag());
    }

    private static Choice choice(Field choice, List<Tool> tools) {
        Field type = choice.member("type");
        return switch (type.text()) {
            case "auto" -> Choice.AUTO;
            case "none" -> Choice.NONE;
            case "any" -> Choice.REQUIRED;
            case "tool" -> Choice.of(nameOfOne(choice.member("name"), tools));
            default -> throw type.wrong("must be auto, any, tool or none.");
        };
    }

    private static String nameOfOne(Field name, List<Tool> tools) {
        String wanted = name.text();
        name.require(tools.stream().anyMatch(tool -> tool.name().equals(wanted)), "must be one of the tools.");
        return wanted;
    }
}
