package dev.codewise.proxy.openai.responses;

import dev.codewise.proxy.openai.Wire;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** /v1/responses by plain HTTP. */
record Responses(Wire wire) {

    static final String PATH = "/v1/responses";

    /** One event of a stream, with the name that stands before it. */
    record Event(String name, JsonNode data) {

        String type() {
            return data.path("type").asString();
        }
    }

    HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return wire.post(PATH, body, "content-type", "application/json");
    }

    HttpResponse<String> ask(String fields) throws IOException, InterruptedException {
        return post("{\"model\":\"sonnet\",\"input\":\"Hi\"" + (fields.isEmpty() ? "" : "," + fields) + "}");
    }

    JsonNode get(String id) throws IOException, InterruptedException {
        return json(wire.get(PATH + "/" + id));
    }

    HttpResponse<String> cancel(String path) throws IOException, InterruptedException {
        return wire.send(wire.request(path + "/cancel").POST(BodyPublishers.noBody()));
    }

    static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    /** The events without the beats between them. */
    static List<Event> events(HttpResponse<String> response) {
        return Stream.of(response.body().split("\n\n"))
                .filter(event -> !event.startsWith(":"))
                .map(Responses::event)
                .toList();
    }

    private static Event event(String text) {
        String[] lines = text.split("\n", 2);
        return new Event(
                lines[0].substring("event: ".length()),
                JsonMapper.shared().readTree(lines[1].substring("data: ".length())));
    }
}
