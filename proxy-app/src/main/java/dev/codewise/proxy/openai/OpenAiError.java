package dev.codewise.proxy.openai;

import org.jspecify.annotations.Nullable;

/** OpenAI's body for everything that went wrong. */
record OpenAiError(Details error) {

    record Details(
            String message,
            String type,
            @Nullable String param,
            @Nullable String code) {}
}
