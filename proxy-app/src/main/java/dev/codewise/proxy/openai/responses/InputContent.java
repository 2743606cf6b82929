package dev.codewise.proxy.openai.responses;

import dev.codewise.proxy.openai.Refusals;
import dev.codewise.proxy.openai.WellFormed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The text of an item, whether it came as a string or as an array of parts, which are joined by line breaks. */
final class InputContent {

    private static final Set<String> TEXTS = Set.of("input_text", "output_text", "text");

    private InputContent() {}

    static String of(JsonNode content, String at) {
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
        String type = part.path("type").asString("");
        if (type.equals("refusal")) {
            return InputField.text(part, "refusal", at);
        }
        if (!TEXTS.contains(type)) {
            throw Refusals.invalid(
                    at + ".type",
                    "Only parts of type \"input_text\", \"output_text\" and \"refusal\" are supported here."
                            + " Leave the others out, or put them into words.");
        }
        return InputField.text(part, "text", at);
    }
}
