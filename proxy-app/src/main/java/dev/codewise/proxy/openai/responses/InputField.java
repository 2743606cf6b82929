package dev.codewise.proxy.openai.responses;

import dev.codewise.proxy.openai.Refusals;
import tools.jackson.databind.JsonNode;

/** A field that an object of the request must have. */
final class InputField {

    private InputField() {}

    static String text(JsonNode object, String field, String at) {
        JsonNode value = object.path(field);
        if (!value.isString()) {
            throw Refusals.invalid(at + "." + field, "\"" + at + "." + field + "\" must be a string.");
        }
        return value.stringValue();
    }

    static String filled(JsonNode object, String field, String at) {
        String text = text(object, field, at);
        if (text.isBlank()) {
            throw Refusals.invalid(at + "." + field, "\"" + at + "." + field + "\" must not be empty.");
        }
        return text;
    }
}
