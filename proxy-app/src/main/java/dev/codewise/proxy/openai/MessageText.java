package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.WellFormed;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The text of a message that can only be text: a string, or an array of text parts, which are joined by line breaks. */
final class MessageText {

    private MessageText() {}

    static String of(ChatMessage message, String path) {
        String at = path + ".content";
        JsonNode content = message.content();
        if (content == null || content.isNull()) {
            if ("assistant".equals(message.role())) {
                return "";
            }
            throw missing(at);
        }
        if (content.isString()) {
            return WellFormed.text(content.stringValue());
        }
        if (content.isArray()) {
            return ofParts(content, at);
        }
        throw Refusals.mustBe(at, "a string or an array of parts");
    }

    static RuntimeException missing(String at) {
        return Refusals.invalid(at, "\"" + at + "\" is missing. Give it a string or an array of parts.");
    }

    private static String ofParts(JsonNode parts, String at) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            texts.add(ofPart(parts.get(i), at + "[" + i + "]"));
        }
        return String.join("\n", texts);
    }

    private static String ofPart(JsonNode part, String at) {
        return switch (typeOf(part, at)) {
            case "text" -> textOf(part, "text", at);
            case "refusal" -> textOf(part, "refusal", at);
            default -> throw Refusals.invalid(at + ".type", "\"" + at + "\" can only be text.");
        };
    }

    static String typeOf(JsonNode part, String at) {
        return Fields.text(part.path("type"))
                .orElseThrow(() -> Refusals.invalid(
                        at + ".type", "\"" + at + "\" must be an object with a \"type\", such as \"text\"."));
    }

    static String textOf(JsonNode part, String field, String at) {
        return Fields.text(part.path(field))
                .map(WellFormed::text)
                .orElseThrow(() -> Refusals.mustBe(at + "." + field, "a string"));
    }
}
