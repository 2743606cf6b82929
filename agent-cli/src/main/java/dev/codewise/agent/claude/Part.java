package dev.codewise.agent.claude;

import java.util.List;

/** A piece of a turn. */
public sealed interface Part {

    /** Lets the part say which one it is, so that no reader has to ask. */
    <T> T tell(Reader<T> reader);

    /** Takes each kind of part in a method of its own. */
    interface Reader<T> {

        T text(Text text);

        T image(Image image);

        T document(Document document);

        T toolCall(ToolCall call);

        T toolResult(ToolResult result);
    }

    /** Words. */
    record Text(String text) implements Part {

        @Override
        public <T> T tell(Reader<T> reader) {
            return reader.text(this);
        }
    }

    /** A picture, itself and not where it could be fetched. */
    record Image(String mediaType, String base64) implements Part {

        @Override
        public <T> T tell(Reader<T> reader) {
            return reader.image(this);
        }
    }

    /** A document to read, such as a PDF. */
    record Document(String mediaType, String base64) implements Part {

        @Override
        public <T> T tell(Reader<T> reader) {
            return reader.document(this);
        }
    }

    /** What the model wanted done; the arguments are a JSON object as the model wrote it. */
    record ToolCall(String id, String name, String arguments) implements Part {

        @Override
        public <T> T tell(Reader<T> reader) {
            return reader.toolCall(this);
        }
    }

    /** What came of a call: text and images, whether it worked or not. */
    record ToolResult(String callId, List<Part> content, boolean failed) implements Part {

        public ToolResult {
            content = List.copyOf(content);
        }

        @Override
        public <T> T tell(Reader<T> reader) {
            return reader.toolResult(this);
        }
    }
}
