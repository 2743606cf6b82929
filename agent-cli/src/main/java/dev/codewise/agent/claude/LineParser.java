package dev.codewise.agent.claude;

import dev.codewise.agent.claude.ClaudeLine.ControlAnswered;
import dev.codewise.agent.claude.ClaudeLine.LimitReached;
import dev.codewise.agent.claude.ClaudeLine.MessageDelta;
import dev.codewise.agent.claude.ClaudeLine.MessageStarted;
import dev.codewise.agent.claude.ClaudeLine.Retrying;
import dev.codewise.agent.claude.ClaudeLine.Synthetic;
import dev.codewise.agent.claude.ClaudeLine.TextDelta;
import dev.codewise.agent.claude.ClaudeLine.TurnEnded;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Understands the lines that claude prints; what is no JSON or of an unknown kind is no line to it. */
final class LineParser {

    private final JsonMapper json;

    LineParser(JsonMapper json) {
        this.json = json;
    }

    Optional<ClaudeLine> parse(byte[] line) {
        try {
            return Optional.ofNullable(read(json.readTree(line)));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static @Nullable ClaudeLine read(JsonNode line) {
        return switch (text(line, "type")) {
            case "stream_event" -> ofMainConversation(line) ? event(line.path("event")) : null;
            case "assistant" -> synthetic(line);
            case "system" -> system(line);
            case "rate_limit_event" -> limit(line.path("rate_limit_info"));
            case "control_response" -> control(line.path("response"));
            case "result" -> result(line);
            default -> null;
        };
    }

    /** Subagents speak on the same output, but not to the user. */
    private static boolean ofMainConversation(JsonNode line) {
        return line.path("parent_tool_use_id").isNull()
                || line.path("parent_tool_use_id").isMissingNode();
    }

    private static @Nullable ClaudeLine event(JsonNode event) {
        return switch (text(event, "type")) {
            case "message_start" ->
                new MessageStarted(
                        event.path("message").path("model").asString(null),
                        tokens(event.path("message").path("usage")));
            case "content_block_delta" -> delta(event.path("delta"));
            case "message_delta" ->
                new MessageDelta(text(event.path("delta"), "stop_reason"), tokens(event.path("usage")));
            default -> null;
        };
    }

    private static @Nullable ClaudeLine delta(JsonNode delta) {
        return text(delta, "type").equals("text_delta") ? new TextDelta(text(delta, "text")) : null;
    }

    private static @Nullable ClaudeLine synthetic(JsonNode line) {
        return text(line.path("message"), "model").equals("<synthetic>") ? new Synthetic(text(line, "error")) : null;
    }

    private static @Nullable ClaudeLine system(JsonNode line) {
        return text(line, "subtype").equals("api_retry")
                ? new Retrying(line.path("error_status").asInt(0))
                : null;
    }

    private static @Nullable ClaudeLine limit(JsonNode limit) {
        return text(limit, "status").equals("rejected")
                ? new LimitReached(Instant.ofEpochSecond(limit.path("resetsAt").asLong(0)))
                : null;
    }

    private static ClaudeLine control(JsonNode answer) {
        return new ControlAnswered(
                text(answer, "request_id"), answer.path("error").asString(null));
    }

    private static ClaudeLine result(JsonNode line) {
        return new TurnEnded(
                line.path("is_error").asBoolean(false),
                line.path("api_error_status").asInt(0),
                text(line, "result"),
                text(line, "stop_reason"),
                text(line, "terminal_reason"),
                cost(line.path("total_cost_usd")),
                tokens(line.path("usage")));
    }

    private static @Nullable BigDecimal cost(JsonNode cost) {
        return cost.isNumber() ? cost.decimalValue() : null;
    }

    private static Tokens tokens(JsonNode usage) {
        return new Tokens(
                usage.path("input_tokens").asLong(0),
                usage.path("output_tokens").asLong(0),
                usage.path("cache_read_input_tokens").asLong(0),
                usage.path("cache_creation_input_tokens").asLong(0));
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }
}
