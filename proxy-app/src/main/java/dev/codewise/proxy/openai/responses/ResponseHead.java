package dev.codewise.proxy.openai.responses;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a response says before anything has been answered: who it is, and what was asked.
 *
 * <p>Every field is there from the start, for the SDK for Java throws where one is missing; later states replace values only.
 */
final class ResponseHead {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ResponseHead() {}

    static ObjectNode of(ResponseRequest request, ResponseId id, Instant now) {
        var head = JSON.objectNode()
                .put("id", id.value())
                .put("object", "response")
                .put("created_at", now.getEpochSecond())
                .put("status", "in_progress")
                .put("background", false)
                .putNull("error")
                .putNull("incomplete_details")
                .put("instructions", request.instructions())
                .put("max_output_tokens", request.maxOutputTokens())
                .put("model", request.model());
        head.putArray("output");
        return wishes(request, head)
                .put("truncation", "disabled")
                .putNull("usage")
                .set("metadata", orElse(request.metadata(), JSON.objectNode()));
    }

    private static ObjectNode wishes(ResponseRequest request, ObjectNode head) {
        head.put("parallel_tool_calls", request.allowsParallelCalls())
                .put("previous_response_id", request.previousResponseId());
        head.set("reasoning", reasoning(request.reasoning()));
        head.put("store", request.wantsToBeKept()).put("temperature", request.temperature());
        head.set("text", text(request.text()));
        head.set("tool_choice", orElse(request.toolChoice(), JSON.stringNode("auto")));
        head.set("tools", orElse(request.tools(), JSON.arrayNode()));
        return head.put("top_p", request.topP());
    }

    private static ObjectNode reasoning(@Nullable JsonNode reasoning) {
        JsonNode effort = reasoning == null ? JSON.nullNode() : orElse(reasoning.get("effort"), JSON.nullNode());
        ObjectNode echo = JSON.objectNode();
        echo.set("effort", effort);
        return echo.putNull("summary");
    }

    private static ObjectNode text(@Nullable JsonNode text) {
        JsonNode format = text == null ? null : text.get("format");
        ObjectNode echo = JSON.objectNode();
        echo.set("format", orElse(format, JSON.objectNode().put("type", "text")));
        return echo;
    }

    private static JsonNode orElse(@Nullable JsonNode given, JsonNode fallback) {
        return given == null || given.isNull() ? fallback : given;
    }
}
