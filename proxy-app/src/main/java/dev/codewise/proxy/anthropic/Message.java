package dev.codewise.proxy.anthropic;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An answer as the Messages API gives it: the whole of it, or its frame at the start of a stream. */
record Message(
        String id,
        String type,
        String role,
        String model,
        List<Block> content,
        @JsonProperty("stop_reason") @Nullable String stopReason,
        @JsonProperty("stop_sequence") @Nullable String stopSequence,
        Tokens usage) {

    /** A piece of the content. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    sealed interface Block {

        /** Words. */
        @JsonTypeName("text")
        record Text(String text) implements Block {}

        /** What the model thought; nobody here can sign that it was this model. */
        @JsonTypeName("thinking")
        record Thinking(String thinking, String signature) implements Block {}

        /** What the model wants done. */
        @JsonTypeName("tool_use")
        record ToolUse(String id, String name, JsonNode input) implements Block {}
    }

    /** What was counted; zero where nobody said, for strict clients take nothing else for a number. */
    record Tokens(
            @JsonProperty("input_tokens") long input,
            @JsonProperty("cache_creation_input_tokens") long cacheWrite,
            @JsonProperty("cache_read_input_tokens") long cacheRead,
            @JsonProperty("output_tokens") long output) {

        static Tokens of(@Nullable Usage usage) {
            return usage == null
                    ? new Tokens(0, 0, 0, 0)
                    : new Tokens(usage.input(), usage.cacheWrite(), usage.cacheRead(), usage.output());
        }
    }

    static Message begun(String id, String model) {
        return new Message(id, "message", "assistant", model, List.of(), null, null, Tokens.of(null));
    }

    /** What has been counted at the start; clients replace it by what is counted at the end. */
    Message taken(@Nullable Usage soFar) {
        return new Message(id, type, role, model, content, stopReason, stopSequence, Tokens.of(soFar));
    }

    Message finished(List<Block> blocks, Finished end) {
        String ranModel = end.model() == null ? model : end.model();
        return new Message(id, type, role, ranModel, blocks, reasonOf(end), end.stopSequence(), Tokens.of(end.usage()));
    }

    static String reasonOf(Finished end) {
        return switch (end.reason()) {
            case STOP -> end.stopSequence() == null ? "end_turn" : "stop_sequence";
            case LENGTH -> "max_tokens";
            case TOOL_CALLS -> "tool_use";
            case CONTENT_FILTER -> "refusal";
        };
    }
}
