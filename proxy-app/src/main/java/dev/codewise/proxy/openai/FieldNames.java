package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionException.Feature;

/** What a format calls the fields that a failure may be about. */
public enum FieldNames {
    CHAT("messages", "tools", "response_format"),
    CHAT_WITH_FUNCTIONS("messages", "functions", "response_format"),
    PROMPT("prompt", "tools", "response_format"),
    RESPONSES("input", "tools", "text.format");

    private final String prompt;
    private final String tools;
    private final String schema;

    FieldNames(String prompt, String tools, String schema) {
        this.prompt = prompt;
        this.tools = tools;
        this.schema = schema;
    }

    String prompt() {
        return prompt;
    }

    String of(Feature feature) {
        return switch (feature) {
            case TOOLS -> tools;
            case IMAGES, DOCUMENTS -> prompt;
            case SCHEMA -> schema;
        };
    }
}
