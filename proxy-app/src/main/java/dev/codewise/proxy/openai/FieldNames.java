package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionException.Feature;
import org.springframework.http.server.PathContainer;

/** What an endpoint calls the fields that a failure may be about. */
public enum FieldNames {
    CHAT("messages", "response_format"),
    PROMPT("prompt", "response_format"),
    RESPONSES("input", "text.format");

    private final String prompt;
    private final String schema;

    FieldNames(String prompt, String schema) {
        this.prompt = prompt;
        this.schema = schema;
    }

    static FieldNames at(PathContainer path) {
        if (path.value().startsWith("/v1/responses")) {
            return RESPONSES;
        }
        return path.value().startsWith("/v1/completions") ? PROMPT : CHAT;
    }

    String prompt() {
        return prompt;
    }

    String of(Feature feature) {
        return switch (feature) {
            case TOOLS -> "tools";
            case IMAGES, DOCUMENTS -> prompt;
            case SCHEMA -> schema;
        };
    }
}
