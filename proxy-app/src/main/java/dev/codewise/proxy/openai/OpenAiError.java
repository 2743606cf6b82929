package dev.codewise.proxy.openai;

import org.jspecify.annotations.Nullable;

/** OpenAI's body for everything that went wrong. */
public record OpenAiError(Details error) {

    public record Details(
            String message,
            String type,
            @Nullable String param,
            @Nullable String code) {}
}
