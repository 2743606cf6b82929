package dev.codewise.proxy.openai;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The body of a chat completion as a client sends it; what has no component of its own is among the others. */
record ChatRequest(
        @Nullable String model,
        @Nullable List<@Nullable ChatMessage> messages,
        @Nullable Boolean stream,
        @JsonAnySetter Map<String, JsonNode> others) {

    /** With this model. */
    ChatRequest with(@Nullable String name) {
        return new ChatRequest(name, messages, stream, others);
    }

    /** The form that the answer is to have. */
    Optional<JsonNode> format() {
        return Optional.ofNullable(others.get("response_format"));
    }
}
