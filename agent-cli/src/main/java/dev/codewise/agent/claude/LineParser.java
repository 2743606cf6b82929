package dev.codewise.agent.claude;

import dev.codewise.agent.claude.ClaudeLine.Asked;
import dev.codewise.agent.claude.ClaudeLine.BlockSaid;
import dev.codewise.agent.claude.ClaudeLine.ControlAnswered;
import dev.codewise.agent.claude.ClaudeLine.LimitReached;
import dev.codewise.agent.claude.ClaudeLine.MessageDelta;
import dev.codewise.agent.claude.ClaudeLine.MessageStarted;
import dev.codewise.agent.claude.ClaudeLine.MessageStopped;
import dev.codewise.agent.claude.ClaudeLine.Ready;
import dev.codewise.agent.claude.ClaudeLine.Retrying;
import dev.codewise.agent.claude.ClaudeLine.Synthetic;
import dev.codewise.agent.claude.ClaudeLine.TextDelta;
import dev.codewise.agent.claude.ClaudeLine.ThinkingDelta;
import dev.codewise.agent.claude.ClaudeLine.ToolCallPiece;
import dev.codewise.agent.claude.ClaudeLine.ToolCallStarted;
import dev.codewise.agent.claude.ClaudeLine.TurnEnded;
import dev.codewise.agent.claude.ClaudeLine.Urged;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
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
            case "assistant" -> said(line);
            case "user" -> urged(line);
            case "system" -> system(line);
            case "rate_limit_event" -> limit(line.path("rate_limit_info"));
            case "control_response" -> control(line.path("response"));
            case "control_request" -> asked(line);
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
                        text(event.path("message"), "id"),
                        event.path("message").path("model").asString(null),
                        tokens(event.path("message").path("usage")));
            case "content_block_start" -> block(event);
            case "content_block_delta" -> delta(event);
            case "message_delta" ->
                new MessageDelta(
                        text(event.path("delta"), "stop_reason"),
                        event.path("delta").path("stop_sequence").asString(null),
                        tokens(event.path("usage")));
            case "message_stop" -> new MessageStopped();
            default -> null;
        };
    }

    private static @Nullable ClaudeLine block(JsonNode event) {
        var block = event.path("content_block");
        return text(block, "type").equals("tool_use")
                ? new ToolCallStarted(event.path("index").asInt(0), text(block, "id"), text(block, "name"))
                : null;
    }

    private static @Nullable ClaudeLine delta(JsonNode event) {
        var delta = event.path("delta");
        return switch (text(delta, "type")) {
            case "text_delta" -> new TextDelta(text(delta, "text"));
            case "thinking_delta" -> new ThinkingDelta(text(delta, "thinking"));
            case "input_json_delta" -> new ToolCallPiece(event.path("index").asInt(0), text(delta, "partial_json"));
            default -> null;
        };
    }

    private static ClaudeLine asked(JsonNode line) {
        var request = line.path("request");
        return new Asked(text(line, "request_id"), text(request, "subtype"), request.path("message"));
    }

    private static @Nullable ClaudeLine said(JsonNode line) {
        var message = line.path("message");
        if (text(message, "model").equals("<synthetic>")) {
            return new Synthetic(text(line, "error"));
        }
        var words = words(message.path("content"));
        return ofMainConversation(line) && !words.isEmpty() ? new BlockSaid(text(message, "id"), words) : null;
    }

    private static String words(JsonNode blocks) {
        return StreamSupport.stream(blocks.spliterator(), false)
                .map(block -> text(block, "text"))
                .collect(Collectors.joining());
    }

    private static @Nullable ClaudeLine urged(JsonNode line) {
        return ofMainConversation(line) && line.path("isSynthetic").asBoolean(false) ? new Urged() : null;
    }

    private static @Nullable ClaudeLine system(JsonNode line) {
        return switch (text(line, "subtype")) {
            case "api_retry" -> new Retrying(retry(line));
            case "init" -> new Ready(names(line.path("tools")));
            default -> null;
        };
    }

    private static Retry retry(JsonNode line) {
        return new Retry(
                line.path("attempt").asInt(0), line.path("error_status").asInt(0));
    }

    private static Set<String> names(JsonNode tools) {
        return StreamSupport.stream(tools.spliterator(), false)
                .map(name -> name.asString(""))
                .collect(Collectors.toSet());
    }

    private static @Nullable ClaudeLine limit(JsonNode limit) {
        return text(limit, "status").equals("rejected")
                ? new LimitReached(Instant.ofEpochSecond(limit.path("resetsAt").asLong(0)))
                : null;
    }

    private static ClaudeLine control(JsonNode answer) {
        return new ControlAnswered(
                text(answer, "request_id"), answer.path("error").asString(null), text(answer.path("response"), "text"));
    }

    private static ClaudeLine result(JsonNode line) {
        return new TurnEnded(
                line.path("is_error").asBoolean(false),
                line.path("api_error_status").asInt(0),
                summary(line),
                text(line, "stop_reason"),
                text(line, "terminal_reason"),
                value(line.path("structured_output")),
                cost(line.path("total_cost_usd")),
                tokens(line.path("usage")));
    }

    private static String summary(JsonNode result) {
        return result.path("result").asString(result.path("errors").path(0).asString(""));
    }

    private static @Nullable String value(JsonNode value) {
        return value.isNull() || value.isMissingNode() ? null : value.toString();
    }

    private static @Nullable BigDecimal cost(JsonNode cost) {
        return cost.isNumber() ? cost.decimalValue() : null;
    }

    private static Tokens tokens(JsonNode usage) {
        return new Tokens(
                usage.path("input_tokens").asLong(0),
                usage.path("output_tokens").asLong(0),
                usage.path("cache_read_input_tokens").asLong(0),
                usage.path("cache_creation_input_tokens").asLong(0),
                usage.path("output_tokens_details").path("thinking_tokens").asLong(0));
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }
}
