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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The three ways to ask for the same thing, each in one piece and as a stream: Chat, Responses and Messages. */
public record EveryWay(URI proxy, String key) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** What an answer says, whatever it calls it; the input holds the cached tokens too. */
    public record Heard(String text, long input, long cached, long output, FinishReason reason) {}

    /** Asks the same six times, and tells what was heard each time. */
    public List<Heard> ask(String prompt) throws Exception {
        List<Heard> heard = new ArrayList<>();
        for (boolean stream : new boolean[] {false, true}) {
            heard.add(chat(stream, prompt));
            heard.add(response(stream, prompt));
            heard.add(message(stream, prompt));
        }
        return heard;
    }

    private Heard chat(boolean stream, String prompt) throws Exception {
        List<JsonNode> parts = post(
                "/v1/chat/completions", stream, """
                "stream_options":%s,"messages":[{"role":"user","content":"%s"}]""".formatted(stream ? "{\"include_usage\":true}" : "null", prompt));
        JsonNode usage = last(parts).path("usage");
        return new Heard(
                textAt("/choices/0/message/content", parts) + textAt("/choices/0/delta/content", parts),
                usage.path("prompt_tokens").asLong(),
                usage.at("/prompt_tokens_details/cached_tokens").asLong(),
                usage.path("completion_tokens").asLong(),
                reason(textAt("/choices/0/finish_reason", parts)));
    }

    private Heard response(boolean stream, String prompt) throws Exception {
        List<JsonNode> parts = post("/v1/responses", stream, """
                "store":false,"input":"%s\"""".formatted(prompt));
        JsonNode response = stream ? last(parts).path("response") : last(parts);
        JsonNode usage = response.path("usage");
        return new Heard(
                stream
                        ? textAt("/delta", parts)
                        : response.at("/output/0/content/0/text").asString(),
                usage.path("input_tokens").asLong(),
                usage.at("/input_tokens_details/cached_tokens").asLong(),
                usage.path("output_tokens").asLong(),
                reason(response.path("status").asString()
                        + response.at("/incomplete_details/reason").asString("")));
    }

    private Heard message(boolean stream, String prompt) throws Exception {
        List<JsonNode> parts = post("/v1/messages", stream, """
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
                reason(textAt("/stop_reason", parts) + textAt("/delta/stop_reason", parts)));
    }

    private static FinishReason reason(String name) {
        return switch (name) {
            case "stop", "completed", "end_turn" -> FinishReason.STOP;
            case "length", "incompletemax_output_tokens", "max_tokens" -> FinishReason.LENGTH;
            case "content_filter", "incompletecontent_filter", "refusal" -> FinishReason.CONTENT_FILTER;
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
