package dev.codewise.proxy.completion;

import java.util.Map;

/** Which model each alias stands for; Claude Code knows the aliases, the API does not. */
public final class ClaudeModels {

    private static final Map<String, String> FULL_NAMES = Map.of(
            "sonnet", "claude-sonnet-5",
            "opus", "claude-opus-4-8",
            "haiku", "claude-haiku-4-5-20251001");

    private ClaudeModels() {}

    public static String fullName(String name) {
        return FULL_NAMES.getOrDefault(name, name);
    }
}
