package dev.codewise.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the client asked of the model; absent means the CLI's own default. An agent is told only what its features say it can heed.
 *
 * @param jsonSchema what the whole answer is to be: a JSON Schema
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunParameters(
        @Nullable Integer maxTokens,
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable List<String> stop,
        @Nullable RunEffort effort,
        @Nullable Map<String, Object> jsonSchema,
        @Nullable List<RunTool> tools,
        @Nullable RunToolChoice toolChoice,
        @Nullable Boolean parallelToolCalls) {

    public static final RunParameters NONE = new RunParameters(null, null, null, null, null, null, null, null, null);

    public RunParameters {
        stop = stop == null ? null : List.copyOf(stop);
        jsonSchema = jsonSchema == null ? null : Copies.of(jsonSchema);
        tools = tools == null ? null : List.copyOf(tools);
    }

    public static RunParameters ofMaxTokens(@Nullable Integer maxTokens) {
        return new RunParameters(maxTokens, null, null, null, null, null, null, null, null);
    }
}
