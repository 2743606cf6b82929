package dev.codewise.proxy.openai.responses;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Numbers events and puts them into the words of an event stream; one for each stream. */
final class EventText {

    private final JsonMapper json;
    private int next;

    EventText(JsonMapper json) {
        this.json = json;
    }

    String of(ObjectNode event) {
        event.put("sequence_number", next++);
        return "event: " + event.path("type").asString() + "\ndata: " + onOneLine(event) + "\n\n";
    }

    /** Some clients take these characters for the end of a line; in JSON they can only be inside strings. */
    private String onOneLine(ObjectNode event) {
        return json.writeValueAsString(event)
                .replace("\u0085", "\\u0085")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }
}
