package dev.codewise.proxy.openai.responses;

import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.openai.OpenAiError;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a response ended: its status, what it leaves its last item with, and what to change in the response itself.
 *
 * @param itemStatus of the last item; those before it were completed
 */
record Ending(String status, String itemStatus, ObjectNode changes) {

    private static final String LIMITED = "rate_limit_exceeded";

    static final Ending CANCELLED = new Ending("cancelled", "incomplete", nothing());

    /** As the model came to it. */
    static Ending of(Finished end) {
        Ending ending = switch (end.reason()) {
            case STOP, TOOL_CALLS -> new Ending("completed", "completed", nothing());
            case LENGTH -> incomplete("max_output_tokens");
            case CONTENT_FILTER -> incomplete("content_filter");
        };
        return ending.with(end);
    }

    private static Ending incomplete(String reason) {
        ObjectNode changes = nothing();
        changes.putObject("incomplete_details").put("reason", reason);
        return new Ending("incomplete", "incomplete", changes);
    }

    private Ending with(Finished end) {
        if (end.model() != null) {
            changes.put("model", end.model());
        }
        if (end.usage() != null) {
            changes.set("usage", ResponseUsage.of(end.usage()));
        }
        return this;
    }

    /** By a failure; of the codes that clients know here there is one that says enough. */
    static Ending failed(OpenAiError.Details error) {
        ObjectNode changes = nothing();
        changes.putObject("error").put("code", codeOf(error.code())).put("message", error.message());
        return new Ending("failed", "incomplete", changes);
    }

    private static String codeOf(@Nullable String code) {
        return LIMITED.equals(code) ? LIMITED : "server_error";
    }

    /** The same end of a response that could not be kept, or was not to be. */
    Ending unkept() {
        return new Ending(status, itemStatus, changes.deepCopy().put("store", false));
    }

    /** What tells of it; there is no event for a cancelled response, and whoever waits for it must not take it for a whole one. */
    static String eventOf(String status) {
        return switch (status) {
            case "completed" -> "response.completed";
            case "incomplete" -> "response.incomplete";
            default -> "response.failed";
        };
    }

    ObjectNode on(ObjectNode response) {
        response.put("status", status);
        changes.properties().forEach(change -> response.set(change.getKey(), change.getValue()));
        return response;
    }

    private static ObjectNode nothing() {
        return JsonNodeFactory.instance.objectNode();
    }
}
