package dev.codewise.proxy.claude;

import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.completion.Part;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Makes a part of a turn a content block; text that is blank is none, for the API refuses it. */
final class BlockOfPart implements Part.Reader<Optional<Block>> {

    private static final BlockOfPart READER = new BlockOfPart();
    private static final JsonMapper JSON = JsonMapper.shared();

    private BlockOfPart() {}

    static List<Block> of(List<Part> parts) {
        return parts.stream().flatMap(part -> part.tell(READER).stream()).toList();
    }

    @Override
    public Optional<Block> text(Part.Text text) {
        return Optional.of(text.text()).filter(words -> !words.isBlank()).map(words -> new Block.Text(words, null));
    }

    @Override
    public Optional<Block> image(Part.Image image) {
        return Optional.of(new Block.Image(base64(image.mediaType(), image.base64()), null));
    }

    @Override
    public Optional<Block> document(Part.Document document) {
        return Optional.of(new Block.Document(sourceOf(document), null));
    }

    @Override
    public Optional<Block> toolCall(Part.ToolCall call) {
        return Optional.of(new Block.ToolUse(call.id(), call.name(), input(call), null));
    }

    @Override
    public Optional<Block> toolResult(Part.ToolResult result) {
        Boolean failed = result.failed() ? Boolean.TRUE : null;
        return Optional.of(new Block.ToolResult(result.callId(), of(result.content()), failed, null));
    }

    /** Base64 is for PDF alone; the API wants every other document in its words. */
    private static Block.Source sourceOf(Part.Document document) {
        return document.mediaType().startsWith("text/")
                ? new Block.Source("text", "text/plain", decoded(document.base64()))
                : base64(document.mediaType(), document.base64());
    }

    private static Block.Source base64(String mediaType, String data) {
        return new Block.Source("base64", mediaType, data);
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new CompletionException(Reason.INVALID_REQUEST, "A document of text is not Base64.");
        }
    }

    /** No arguments at all are how some clients say that a tool takes none. */
    private static String input(Part.ToolCall call) {
        String arguments = call.arguments().isBlank() ? "{}" : call.arguments();
        if (!isObject(arguments)) {
            throw new CompletionException(
                    Reason.INVALID_REQUEST, "The arguments of the tool call \"" + call.id() + "\" are no JSON object.");
        }
        return arguments;
    }

    private static boolean isObject(String json) {
        try {
            return JSON.readTree(json).isObject();
        } catch (JacksonException e) {
            return false;
        }
    }
}
