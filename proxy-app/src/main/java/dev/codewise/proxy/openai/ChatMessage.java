package dev.codewise.proxy.openai;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One message of a conversation as a client sends it; its content is a string or an array of parts. */
record ChatMessage(
        @Nullable String role,
        @Nullable JsonNode content,
        @Nullable String name,
        @JsonProperty("tool_calls") @Nullable JsonNode toolCalls,
        @JsonProperty("function_call") @Nullable JsonNode functionCall,
        @JsonProperty("tool_call_id") @Nullable String toolCallId) {}
