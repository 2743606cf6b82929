package dev.codewise.proxy.openai;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One message of a conversation as a client sends it; its content is a string or an array of parts. */
record ChatMessage(
        @Nullable String role,
        @Nullable JsonNode content,
        @JsonProperty("tool_calls") @Nullable JsonNode toolCalls,
        @JsonProperty("function_call") @Nullable JsonNode functionCall) {

    /** Whether it reports a call of the client's tools. */
    boolean callsTools() {
        return asks(toolCalls) || asks(functionCall);
    }

    private static boolean asks(@Nullable JsonNode calls) {
        return calls != null && !calls.isNull() && !calls.isEmpty();
    }
}
