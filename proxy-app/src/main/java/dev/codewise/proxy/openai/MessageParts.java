package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.Part;
import dev.codewise.proxy.completion.Part.Document;
import dev.codewise.proxy.completion.Part.Image;
import dev.codewise.proxy.completion.Part.Text;
import dev.codewise.proxy.completion.WellFormed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The content of a message that may be more than text: a string, or an array of texts, images and documents. */
public final class MessageParts {

    private static final String PDF = "application/pdf";
    private static final Set<String> PICTURES = Set.of("image/jpeg", "image/png", "image/gif", "image/webp");

    private MessageParts() {}

    /** Without the texts that say nothing. */
    static List<Part> of(@Nullable JsonNode content, String at) {
        if (content == null || content.isNull()) {
            throw MessageText.missing(at);
        }
        if (content.isString()) {
            return text(content.stringValue());
        }
        if (!content.isArray()) {
            throw Refusals.mustBe(at, "a string or an array of parts");
        }
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < content.size(); i++) {
            parts.addAll(part(content.get(i), at + "[" + i + "]"));
        }
        return parts;
    }

    private static List<Part> part(JsonNode part, String at) {
        return switch (MessageText.typeOf(part, at)) {
            case "text" -> text(MessageText.textOf(part, "text", at));
            case "image_url" -> List.of(image(part.path("image_url"), at + ".image_url"));
            case "file" -> List.of(document(part.path("file").path("file_data"), at + ".file.file_data"));
            case "input_audio" ->
                throw Refusals.unsupported(
                        at + ".type", "\"" + at + "\" is sound, which Claude does not hear. Put it into words.");
            default ->
                throw Refusals.unsupported(
                        at + ".type",
                        "\"" + at + "\" is of a type that is not known here: text, image_url and file are.");
        };
    }

    private static List<Part> text(String text) {
        return text.isBlank() ? List.of() : List.of(new Text(WellFormed.text(text)));
    }

    private static Image image(JsonNode image, String at) {
        return picture(image.isString() ? image : image.path("url"), at + ".url");
    }

    /** A picture within a URI. */
    public static Image picture(JsonNode uri, String at) {
        String url = Fields.text(uri).orElseThrow(() -> Refusals.mustBe(at, "a data: URI"));
        DataUri data = DataUri.of(url)
                .orElseThrow(() ->
                        Refusals.mustBe(at, "a data: URI with the image in Base64, such as data:image/png;base64,…"));
        return new Image(pictureType(data.mediaType(), at), data.base64());
    }

    private static String pictureType(String mediaType, String at) {
        String type = mediaType.equals("image/jpg") ? "image/jpeg" : mediaType;
        if (!PICTURES.contains(type)) {
            throw Refusals.unsupported(at, "\"" + at + "\" must be a JPEG, PNG, GIF or WebP image.");
        }
        return type;
    }

    /** A document within a URI. */
    public static Document document(JsonNode file, String at) {
        String uri = Fields.text(file)
                .orElseThrow(() -> Refusals.invalid(
                        at, "\"" + at + "\" is missing. Send the file itself as a data: URI, for none is kept here."));
        DataUri data = DataUri.of(uri)
                .orElseThrow(() ->
                        Refusals.mustBe(at, "a data: URI with the file in Base64: data:application/pdf;base64,…"));
        if (!data.mediaType().equals(PDF)) {
            throw Refusals.unsupported(at, "\"" + at + "\" must be a PDF. Put other files into words.");
        }
        return new Document(PDF, data.base64());
    }
}
