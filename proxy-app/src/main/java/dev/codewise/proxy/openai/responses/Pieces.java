package dev.codewise.proxy.openai.responses;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A text that came piece by piece, and how long each was. */
final class Pieces {

    private final StringBuilder text = new StringBuilder();
    private final ArrayNode lengths = JsonNodeFactory.instance.arrayNode();

    void add(String piece) {
        text.append(piece);
        lengths.add(piece.length());
    }

    String text() {
        return text.toString();
    }

    ArrayNode lengths() {
        return lengths;
    }
}
