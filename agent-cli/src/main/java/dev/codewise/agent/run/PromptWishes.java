package dev.codewise.agent.run;

import dev.codewise.agent.claude.Toolbox;
import dev.codewise.agent.claude.Toolbox.Choice;
import dev.codewise.agent.claude.Wishes;
import dev.codewise.agent.claude.Wishes.Effort;
import dev.codewise.protocol.RunEffort;
import dev.codewise.protocol.RunParameters;
import dev.codewise.protocol.RunTool;
import dev.codewise.protocol.RunToolChoice;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes what claude understands of what the client asked of the model. */
final class PromptWishes {

    private PromptWishes() {}

    static Wishes of(RunParameters asked) {
        var limit = asked.maxTokens();
        if (limit != null && limit < 1) {
            throw RejectedRequestException.invalid("maxTokens must be at least 1");
        }
        return new Wishes(
                limit,
                asked.temperature(),
                asked.topP(),
                Objects.requireNonNullElse(asked.stop(), List.of()),
                effort(asked.effort()),
                asked.jsonSchema());
    }

    private static @Nullable Effort effort(@Nullable RunEffort effort) {
        if (effort == null) {
            return null;
        }
        return switch (effort) {
            case NONE -> Effort.NONE;
            case MINIMAL -> Effort.MINIMAL;
            case LOW -> Effort.LOW;
            case MEDIUM -> Effort.MEDIUM;
            case HIGH -> Effort.HIGH;
            case MAX -> Effort.MAX;
        };
    }

    static Toolbox toolbox(RunParameters asked) {
        var tools = Objects.requireNonNullElse(asked.tools(), List.<RunTool>of());
        return new Toolbox(
                tools.stream().map(PromptWishes::tool).toList(),
                choice(asked.toolChoice()),
                !Boolean.FALSE.equals(asked.parallelToolCalls()));
    }

    private static Toolbox.Tool tool(RunTool tool) {
        return new Toolbox.Tool(tool.name(), tool.description(), tool.inputSchema());
    }

    private static Choice choice(@Nullable RunToolChoice choice) {
        return choice == null ? Choice.AUTO : new Choice(kind(choice.mode()), choice.name());
    }

    private static Toolbox.Kind kind(RunToolChoice.Mode mode) {
        return switch (mode) {
            case AUTO -> Toolbox.Kind.AUTO;
            case NONE -> Toolbox.Kind.NONE;
            case REQUIRED -> Toolbox.Kind.REQUIRED;
            case NAMED -> Toolbox.Kind.NAMED;
        };
    }
}
