package dev.codewise.proxy.openai.responses;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** The body of a request for a response as a client sends it; what is not honoured as a field of its own is among the others. */
@JsonNaming(SnakeCaseStrategy.class)
record ResponseRequest(
        @Nullable String model,
        @Nullable JsonNode input,
        @Nullable String instructions,
        @Nullable JsonNode tools,
        @Nullable JsonNode toolChoice,
        @Nullable Boolean parallelToolCalls,
        @Nullable Integer maxOutputTokens,
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable JsonNode reasoning,
        @Nullable JsonNode text,
        @Nullable Boolean stream,
        @Nullable Boolean store,
        @Nullable String previousResponseId,
        @Nullable JsonNode metadata,
        @Nullable String safetyIdentifier,
        @Nullable String user,
        @JsonAnySetter Map<String, JsonNode> others) {

    /** With this model. */
    ResponseRequest with(@Nullable String name) {
        return new ResponseRequest(
                name,
                input,
                instructions,
                tools,
                toolChoice,
                parallelToolCalls,
                maxOutputTokens,
                temperature,
                topP,
                reasoning,
                text,
                stream,
                store,
                previousResponseId,
                metadata,
                safetyIdentifier,
                user,
                others);
    }

    /** The form that the answer is to have. */
    Optional<JsonNode> format() {
        return Optional.ofNullable(text).map(given -> given.get("format")).filter(given -> !given.isNull());
    }

    boolean wantsStream() {
        return Boolean.TRUE.equals(stream);
    }

    /** As at OpenAI, unless the client says no. */
    boolean wantsToBeKept() {
        return !Boolean.FALSE.equals(store);
    }

    boolean allowsParallelCalls() {
        return !Boolean.FALSE.equals(parallelToolCalls);
    }
}
