package dev.codewise.proxy.completion;

import java.util.List;

/** How many bytes of UTF-8 a request brings to a model; a picture counts as the words it is read as. */
final class Weight implements Part.Reader<Long> {

    /** What the largest picture takes, in bytes of text. */
    private static final long PICTURE = 6_400;

    private static final int FIRST_OF_TWO_BYTES = 0x80;
    private static final int FIRST_OF_THREE_BYTES = 0x800;

    private Weight() {}

    static long of(CompletionRequest request) {
        var weight = new Weight();
        String system = request.system();
        long said = request.turns().stream()
                .mapToLong(turn -> weight.of(turn.parts()))
                .sum();
        return said + (system == null ? 0 : bytes(system)) + toolsOf(request.toolbox());
    }

    private static long toolsOf(Toolbox toolbox) {
        return toolbox.tools().stream()
                .mapToLong(tool -> bytes(tool.name()) + bytes(String.valueOf(tool.description())) + schemaOf(tool))
                .sum();
    }

    private static long schemaOf(Toolbox.Tool tool) {
        return bytes(tool.inputSchema().toString());
    }

    private long of(List<Part> parts) {
        return parts.stream().mapToLong(part -> part.tell(this)).sum();
    }

    @Override
    public Long text(Part.Text text) {
        return bytes(text.text());
    }

    @Override
    public Long image(Part.Image image) {
        return PICTURE;
    }

    /** Its text is packed, so that it may have as many words as it has bytes, but hardly more. */
    @Override
    public Long document(Part.Document document) {
        return (long) document.base64().length();
    }

    @Override
    public Long toolCall(Part.ToolCall call) {
        return bytes(call.name()) + bytes(call.arguments());
    }

    @Override
    public Long toolResult(Part.ToolResult result) {
        return of(result.content());
    }

    static long bytes(String text) {
        long bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < FIRST_OF_TWO_BYTES ? 0 : c < FIRST_OF_THREE_BYTES ? 1 : 2;
        }
        return bytes;
    }
}
