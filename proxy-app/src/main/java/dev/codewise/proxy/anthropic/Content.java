package dev.codewise.proxy.anthropic;

import dev.codewise.proxy.completion.Base64Text;
import dev.codewise.proxy.completion.Part;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Reads what a message or the result of a tool consists of: a text, or a list of blocks. Marks for caching are passed over. */
final class Content {

    private static final Set<String> IMAGES = Set.of("image/jpeg", "image/png", "image/gif", "image/webp");
    private static final Set<String> IN_RESULTS = Set.of("text", "image");
    private static final String PDF = "application/pdf";

    private Content() {}

    /** Without what says nothing, such as empty texts and what the model thought before. */
    static List<Part> of(Field content) {
        return content.isText()
                ? words(content).toList()
                : content.items().stream().flatMap(Content::block).toList();
    }

    private static Stream<Part> block(Field block) {
        Field type = block.object().member("type");
        return switch (type.text()) {
            case "text" -> words(block.member("text"));
            case "image" -> Stream.of(image(block.member("source").object()));
            case "document" -> document(block.member("source").object());
            case "tool_use" -> Stream.of(call(block));
            case "tool_result" -> Stream.of(result(block));
            case "thinking", "redacted_thinking" -> Stream.of();
            default -> throw type.wrong("is no kind of block that can be served here.");
        };
    }

    private static Stream<Part> words(Field field) {
        String text = field.text();
        return text.isBlank() ? Stream.of() : Stream.of(new Part.Text(text));
    }

    private static Part image(Field source) {
        requireBase64(source);
        Field type = source.member("media_type");
        type.require(IMAGES.contains(type.text()), "must be image/jpeg, image/png, image/gif or image/webp.");
        return new Part.Image(type.text(), base64(source.member("data")));
    }

    private static Stream<Part> document(Field source) {
        return switch (source.member("type").text()) {
            case "text" -> words(source.member("data"));
            case "content" -> of(source.member("content")).stream();
            default -> Stream.of(pdf(source));
        };
    }

    private static Part pdf(Field source) {
        requireBase64(source);
        Field type = source.member("media_type");
        type.require(PDF.equals(type.text()), "must be application/pdf.");
        return new Part.Document(PDF, base64(source.member("data")));
    }

    private static void requireBase64(Field source) {
        Field type = source.member("type");
        type.require("base64".equals(type.text()), "must be base64, for nothing is fetched from elsewhere.");
    }

    private static String base64(Field data) {
        String text = data.text();
        data.require(Base64Text.isWhole(text), "is not base64.");
        return text;
    }

    private static Part call(Field block) {
        Field input = block.member("input").object();
        return new Part.ToolCall(
                block.member("id").text(),
                block.member("name").text(),
                input.value().toString());
    }

    private static Part result(Field block) {
        return new Part.ToolResult(
                block.member("tool_use_id").text(),
                resultOf(block.member("content")),
                block.member("is_error").flag());
    }

    private static List<Part> resultOf(Field content) {
        return content.isText()
                ? words(content).toList()
                : content.items().stream().flatMap(Content::resultBlock).toList();
    }

    private static Stream<Part> resultBlock(Field block) {
        Field type = block.object().member("type");
        type.require(IN_RESULTS.contains(type.text()), "must be text or image in the result of a tool.");
        return block(block);
    }
}
