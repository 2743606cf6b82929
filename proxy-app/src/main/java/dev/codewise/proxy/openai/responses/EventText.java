package dev.codewise.proxy.openai.responses;

import dev.codewise.proxy.web.LineEnds;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Numbers events and puts them into the words of an event stream; one for each stream. */
final class EventText {

    private final ObjectWriter json;
    private int next;

    EventText(JsonMapper json) {
        this.json = json.writer().with(new LineEnds());
    }

    String of(ObjectNode event) {
        event.put("sequence_number", next++);
        return "event: " + event.path("type").asString() + "\ndata: " + json.writeValueAsString(event) + "\n\n";
    }
}
