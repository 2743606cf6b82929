package dev.codewise.proxy.openai;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The text of one message, whether it came as a string or as an array of text parts, which are joined by line breaks. */
final class MessageText {

    private MessageText() {}

    static String of(ChatMessage message, String path) {
        String at = path + ".content";
        JsonNode content = message.content();
        if (content == null || content.isNull()) {
            if ("assistant".equals(message.role())) {
                return "";
            }
            throw Refusals.invalid(at, "\"" + at + "\" is missing. Give it a string or an array of text parts.");
        }
        if (content.isString()) {
            return WellFormed.text(content.stringValue());
        }
        if (content.isArray()) {
            return ofParts(content, at);
        }
        throw Refusals.invalid(at, "\"" + at + "\" must be a string or an array of text parts.");
    }

    private static String ofParts(JsonNode parts, String at) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            texts.add(WellFormed.text(ofPart(parts.get(i), at + "[" + i + "]")));
        }
        return String.join("\n", texts);
    }

    private static String ofPart(JsonNode part, String at) {
        JsonNode type = part.path("type");
        if (!type.isString()) {
            throw Refusals.invalid(at + ".type", "\"" + at + "\" must be an object with a \"type\", such as \"text\".");
        }
        if (!type.stringValue().equals("text")) {
            throw Refusals.invalid(
                    at + ".type",
                    "Only parts of type \"text\" are supported yet. Leave the others out, or put them into words.");
        }
        JsonNode text = part.path("text");
        if (!text.isString()) {
            throw Refusals.invalid(at + ".text", "\"" + at + ".text\" must be a string.");
        }
        return text.stringValue();
    }
}
