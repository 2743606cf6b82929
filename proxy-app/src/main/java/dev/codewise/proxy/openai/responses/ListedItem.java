package dev.codewise.proxy.openai.responses;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An item as it is listed: what clients may leave out when they ask is there. */
final class ListedItem {

    private ListedItem() {}

    /** Under an id of its own, for clients may send the same item twice, and leaf through the list by its ids. */
    static ObjectNode of(ObjectNode item, String id) {
        ObjectNode listed = item.put("id", id);
        if (item.path("type").asString("message").equals("message")) {
            listed.put("type", "message").put("status", "completed");
            inParts(listed, item.path("content"));
        }
        return listed;
    }

    private static void inParts(ObjectNode message, JsonNode content) {
        if (content.isString()) {
            boolean answer = message.path("role").asString().equals("assistant");
            var part = message.putArray("content").addObject();
            part.put("type", answer ? "output_text" : "input_text").put("text", content.stringValue());
            if (answer) {
                part.putArray("annotations");
            }
        }
    }
}
