package dev.codewise.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One of the client's own tools; the schema of its input is JSON Schema. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunTool(String name, @Nullable String description, Map<String, Object> inputSchema) {

    public RunTool {
        Required.field("name", name);
        Required.field("inputSchema", inputSchema);
        inputSchema = Copies.of(inputSchema);
    }
}
