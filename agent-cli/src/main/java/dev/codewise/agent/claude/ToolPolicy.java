package dev.codewise.agent.claude;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says in the API's words whether the model must, may or must not call the client's tools, and how many at once. */
final class ToolPolicy {

    private ToolPolicy() {}

    /** Nothing where the model is free to call, or has nothing to call. */
    static Optional<Map<String, Object>> of(Toolbox toolbox) {
        if (toolbox.isEmpty()) {
            return Optional.empty();
        }
        var choice = toolbox.choice();
        return switch (choice.kind()) {
            case AUTO -> toolbox.parallel() ? Optional.empty() : Optional.of(policy("auto", toolbox, null));
            case NONE -> Optional.of(Map.of("type", "none"));
            case REQUIRED -> Optional.of(policy("any", toolbox, null));
            case NAMED -> Optional.of(policy("tool", toolbox, choice.name()));
        };
    }

    private static Map<String, Object> policy(String type, Toolbox toolbox, @Nullable String name) {
        var policy = new LinkedHashMap<String, Object>();
        policy.put("type", type);
        if (name != null) {
            policy.put("name", ToolNames.seen(name));
        }
        if (!toolbox.parallel()) {
            policy.put("disable_parallel_tool_use", true);
        }
        return policy;
    }
}
