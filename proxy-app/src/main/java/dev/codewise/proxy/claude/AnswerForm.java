package dev.codewise.proxy.claude;

import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Feature;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.Generation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the answer has to consist of, and by what means the API is held to it: by a format where it can compile the schema, else
 * by a tool that has to be called with the answer, which takes any schema but excludes other tools.
 */
record AnswerForm(ToolOffer tools, @Nullable Format format) {

    /** The API's own means; it then writes JSON and nothing else. */
    record Format(String type, JsonNode schema) {}

    static AnswerForm of(CompletionRequest request, Generation generation) {
        ToolOffer tools = ToolOffer.of(request, generation);
        JsonNode schema = request.wishes().schema();
        return schema == null ? new AnswerForm(tools, null) : heldTo(schema, tools, generation);
    }

    private static AnswerForm heldTo(JsonNode schema, ToolOffer tools, Generation generation) {
        Optional<JsonNode> compiled = generation.takesSchemas() ? AnswerSchema.of(schema) : Optional.empty();
        return compiled.map(closed -> new AnswerForm(tools, new Format("json_schema", closed)))
                .orElseGet(() -> inACall(schema, tools, generation));
    }

    private static AnswerForm inACall(JsonNode schema, ToolOffer tools, Generation generation) {
        boolean possible = tools.isUncallable() && generation.canBeForced() && AnswerSchema.isObject(schema);
        if (!possible) {
            throw CompletionException.unsupported(
                    Feature.SCHEMA,
                    "This model cannot be held to this JSON Schema. Name the properties of every object in it,"
                            + " or ask another model.");
        }
        return new AnswerForm(ToolOffer.forAnswer(schema), null);
    }
}
