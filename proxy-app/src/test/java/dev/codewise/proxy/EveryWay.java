package dev.codewise.proxy;

import dev.codewise.proxy.completion.FinishReason;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The three ways to ask for the same thing, each in one piece and as a stream: Chat, Responses and Messages. */
public record EveryWay(URI proxy, String key) {

    private static final String CHAT_TOOL =
            "{\"type\":\"function\",\"function\":{\"name\":\"%s\",\"parameters\":{\"type\":\"object\"}}}";
    private static final String RESPONSE_TOOL =
            "{\"type\":\"function\",\"name\":\"%s\",\"parameters\":{\"type\":\"object\"}}";
    private static final String MESSAGE_TOOL = "{\"name\":\"%s\",\"input_schema\":{\"type\":\"object\"}}";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** What an answer says, whatever it calls it; the input holds the cached tokens too. */
    public record Heard(String text, long input, long cached, long output, FinishReason reason, List<Call> calls) {

        /** An answer that calls no tools. */
        public Heard(String text, long input, long cached, long output, FinishReason reason) {
            this(text, input, cached, output, reason, List.of());
        }
    }

    /** A call of a tool, its arguments as JSON. */
    public record Call(String id, String name, String arguments) {}

    /** Asks the same six times, and tells what was heard each time. */
    public List<Heard> ask(String prompt) throws Exception {
        return ask(prompt, List.of());
    }

    /** The same, with tools of these names, which take anything. */
    public List<Heard> ask(String prompt, List<String> tools) throws Exception {
        List<Heard> heard = new ArrayList<>();
        for (boolean stream : new boolean[] {false, true}) {
            heard.add(chat(stream, prompt, toolsAs(CHAT_TOOL, tools)));
            heard.add(response(stream, prompt, toolsAs(RESPONSE_TOOL, tools)));
            heard.add(message(stream, prompt, toolsAs(MESSAGE_TOOL, tools)));
        }
        return heard;
    }

    private static String toolsAs(String form, List<String> tools) {
        return tools.isEmpty()
                ? ""
                : tools.stream().map(form::formatted).collect(Collectors.joining(",", "\"tools\":[", "],"));
    }

    private Heard chat(boolean stream, String prompt, String tools) throws Exception {
        List<JsonNode> parts = post(
                "/v1/chat/completions",
                stream,
                tools + """
                "stream_options":%s,"messages":[{"role":"user","content":"%s"}]""".formatted(stream ? "{\"include_usage\":true}" : "null", prompt));
        JsonNode usage = last(parts).path("usage");
        return new Heard(
                textAt("/choices/0/message/content", parts) + textAt("/choices/0/delta/content", parts),
                usage.path("prompt_tokens").asLong(),
                usage.at("/prompt_tokens_details/cached_tokens").asLong(),
                usage.path("completion_tokens").asLong(),
                reason(textAt("/choices/0/finish_reason", parts)),
                chatCalls(parts));
    }

    /** In a stream, their pieces are put together by their numbers. */
    private static List<Call> chatCalls(List<JsonNode> parts) {
        Map<Integer, Call> calls = new TreeMap<>();
        for (JsonNode part : parts) {
            part.at("/choices/0/message/tool_calls").forEach(call -> add(call, calls.size(), calls));
            part.at("/choices/0/delta/tool_calls")
                    .forEach(call -> add(call, call.path("index").asInt(), calls));
        }
        return List.copyOf(calls.values());
    }

    private static void add(JsonNode call, int index, Map<Integer, Call> calls) {
        String arguments = call.at("/function/arguments").asString();
        calls.merge(
                index,
                new Call(call.path("id").asString(""), call.at("/function/name").asString(""), arguments),
                (before, more) -> new Call(before.id, before.name, before.arguments + arguments));
    }

    private Heard response(boolean stream, String prompt, String tools) throws Exception {
        List<JsonNode> parts = post("/v1/responses", stream, tools + """
                "store":false,"input":"%s\"""".formatted(prompt));
        JsonNode response = stream ? last(parts).path("response") : last(parts);
        JsonNode usage = response.path("usage");
        return new Heard(
                stream
                        ? textAt("/delta", ofType("response.output_text.delta", parts))
                        : response.at("/output/0/content/0/text").asString(),
                usage.path("input_tokens").asLong(),
                usage.at("/input_tokens_details/cached_tokens").asLong(),
                usage.path("output_tokens").asLong(),
                reason(endOf(response)),
                response.path("output")
                        .valueStream()
                        .filter(item -> item.path("type").asString().equals("function_call"))
                        .map(item -> new Call(
                                item.path("call_id").asString(),
                                item.path("name").asString(),
                                item.path("arguments").asString()))
                        .toList());
    }

    /** Responses with calls are as complete as others. */
    private static String endOf(JsonNode response) {
        boolean calls = response.path("output").toString().contains("\"function_call\"");
        return response.path("status").asString()
                + response.at("/incomplete_details/reason").asString("")
                + (calls ? " with calls" : "");
    }

    private static List<JsonNode> ofType(String type, List<JsonNode> parts) {
        return parts.stream()
                .filter(part -> part.path("type").asString("").equals(type))
                .toList();
    }

    private Heard message(boolean stream, String prompt, String tools) throws Exception {
        List<JsonNode> parts = post("/v1/messages", stream, tools + """
                "max_tokens":100,"messages":[{"role":"user","content":"%s"}]""".formatted(prompt));
        JsonNode usage =
                stream ? parts.get(parts.size() - 2).path("usage") : last(parts).path("usage");
        long cached = usage.path("cache_read_input_tokens").asLong();
        return new Heard(
                textAt("/content/0/text", parts) + textAt("/delta/text", parts),
                usage.path("input_tokens").asLong()
                        + usage.path("cache_creation_input_tokens").asLong()
                        + cached,
                cached,
                usage.path("output_tokens").asLong(),
                reason(textAt("/stop_reason", parts) + textAt("/delta/stop_reason", parts)),
                stream ? streamedUses(parts) : uses(last(parts)));
    }

    private static List<Call> uses(JsonNode message) {
        return message.path("content")
                .valueStream()
                .filter(block -> block.path("type").asString().equals("tool_use"))
                .map(block -> use(block, block.path("input").toString()))
                .toList();
    }

    private static List<Call> streamedUses(List<JsonNode> parts) {
        return ofType("content_block_start", parts).stream()
                .filter(start -> start.at("/content_block/type").asString().equals("tool_use"))
                .map(start -> use(start.path("content_block"), inputOf(start.path("index"), parts)))
                .toList();
    }

    private static Call use(JsonNode block, String input) {
        return new Call(block.path("id").asString(), block.path("name").asString(), input);
    }

    private static String inputOf(JsonNode index, List<JsonNode> parts) {
        return textAt(
                "/delta/partial_json",
                parts.stream().filter(part -> part.path("index").equals(index)).toList());
    }

    private static FinishReason reason(String name) {
        return switch (name) {
            case "stop", "completed", "end_turn" -> FinishReason.STOP;
            case "length", "incompletemax_output_tokens", "max_tokens" -> FinishReason.LENGTH;
            case "content_filter", "incompletecontent_filter", "refusal" -> FinishReason.CONTENT_FILTER;
            case "tool_calls", "completed with calls", "tool_use" -> FinishReason.TOOL_CALLS;
            default -> throw new AssertionError("an end called \"" + name + "\"");
        };
    }

    private static String textAt(String pointer, List<JsonNode> parts) {
        return parts.stream()
                .map(part -> part.at(pointer))
                .filter(JsonNode::isString)
                .map(JsonNode::asString)
                .collect(Collectors.joining());
    }

    private static JsonNode last(List<JsonNode> parts) {
        return parts.get(parts.size() - 1);
    }

    /** The whole answer, or the events of a stream. */
    private List<JsonNode> post(String path, boolean stream, String fields) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(proxy.resolve(path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"model\":\"sonnet\",\"stream\":" + stream + "," + fields + "}"))
                .build();
        String body = HTTP.send(request, BodyHandlers.ofString()).body();
        Stream<String> parts = stream ? body.lines().filter(line -> line.startsWith("data: {")) : Stream.of(body);
        return parts.map(part -> JsonMapper.shared().readTree(part.replaceFirst("^data: ", "")))
                .toList();
    }
}
