package dev.codewise.proxy.claude;

import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Feature;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The form of an answer that is JSON; the API then writes nothing else. */
record AnswerFormat(String type, JsonNode schema) {

    static @Nullable AnswerFormat of(@Nullable JsonNode schema, Generation generation) {
        if (schema == null) {
            return null;
        }
        if (!generation.takesSchemas()) {
            throw CompletionException.unsupported(
                    Feature.SCHEMA, "This model cannot be held to a JSON Schema. Ask a newer one.");
        }
        return new AnswerFormat("json_schema", AnswerSchema.of(schema).orElseThrow(AnswerFormat::tooOpen));
    }

    private static CompletionException tooOpen() {
        return CompletionException.unsupported(
                Feature.SCHEMA,
                "The Claude API needs a JSON Schema that names the properties of every object. Name them.");
    }
}
