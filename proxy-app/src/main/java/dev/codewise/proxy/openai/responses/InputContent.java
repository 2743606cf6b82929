package dev.codewise.proxy.openai.responses;

import dev.codewise.proxy.completion.Part;
import dev.codewise.proxy.completion.Part.Text;
import dev.codewise.proxy.completion.WellFormed;
import dev.codewise.proxy.openai.MessageParts;
import dev.codewise.proxy.openai.Refusals;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What an item holds, whether it came as a string or as an array of texts, pictures and documents. */
record InputContent(List<Part> parts, String at) {

    /** Without the texts that say nothing. */
    static InputContent of(JsonNode content, String at) {
        if (content.isString()) {
            return new InputContent(said(content.stringValue()), at);
        }
        if (!content.isArray()) {
            throw Refusals.invalid(at, "\"" + at + "\" must be a string or an array of parts.");
        }
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < content.size(); i++) {
            parts.addAll(part(content.get(i), at + "[" + i + "]"));
        }
        return new InputContent(parts, at);
    }

    private static List<Part> part(JsonNode part, String at) {
        return switch (part.path("type").asString("")) {
            case "input_text", "output_text", "text" -> said(InputField.text(part, "text", at));
            case "refusal" -> said(InputField.text(part, "refusal", at));
            case "input_image" -> List.of(MessageParts.picture(part.path("image_url"), at + ".image_url"));
            case "input_file" -> List.of(MessageParts.document(part.path("file_data"), at + ".file_data"));
            default ->
                throw Refusals.invalid(
                        at + ".type",
                        "Only parts of type \"input_text\", \"input_image\", \"input_file\", \"output_text\" and"
                                + " \"refusal\" are supported here. Leave the others out, or put them into words.");
        };
    }

    private static List<Part> said(String text) {
        return text.isBlank() ? List.of() : List.of(new Text(WellFormed.text(text)));
    }

    /** The texts, joined by line breaks, of an item that can hold nothing else. */
    String text() {
        return parts.stream().map(this::textOf).collect(Collectors.joining("\n"));
    }

    private String textOf(Part part) {
        if (part instanceof Text text) {
            return text.text();
        }
        throw Refusals.invalid(at, "\"" + at + "\" can only be text.");
    }
}
