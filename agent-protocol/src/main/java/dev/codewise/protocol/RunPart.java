package dev.codewise.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/** A piece of a message; a kind that a reader does not know makes the whole request unreadable, for leaving it out would lie. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface RunPart {

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
    @JsonTypeName("text")
    record Text(String text) implements RunPart {

        public Text {
            Required.field("text", text);
        }

        @Override
        public <T> T tell(Reader<T> reader) {
            return reader.text(this);
        }
    }

    /** A picture; the data is its Base64. */
    @JsonTypeName("image")
    record Image(String mediaType, String data) implements RunPart {

        public Image {
            Required.field("mediaType", mediaType);
            Required.field("data", data);
        }

        @Override
        public <T> T tell(Reader<T> reader) {
            return reader.image(this);
        }
    }

    /** A document to read, such as a PDF; the data is its Base64. */
    @JsonTypeName("document")
    record Document(String mediaType, String data) implements RunPart {

        public Document {
            Required.field("mediaType", mediaType);
            Required.field("data", data);
        }

        @Override
        public <T> T tell(Reader<T> reader) {
            return reader.document(this);
        }
    }

    /** A call of one of the client's tools that the model made before; the arguments are JSON as the model wrote it. */
    @JsonTypeName("tool_call")
    record ToolCall(String id, String name, String arguments) implements RunPart {

        public ToolCall {
            Required.field("id", id);
            Required.field("name", name);
            Required.field("arguments", arguments);
        }

        @Override
        public <T> T tell(Reader<T> reader) {
            return reader.toolCall(this);
        }
    }

    /** What came of a call: text and images; where it went wrong, and only there, it says so. */
    @JsonTypeName("tool_result")
    record ToolResult(
            String callId, RunContent content, @Nullable Boolean failed) implements RunPart {

        public ToolResult {
            Required.field("callId", callId);
            Required.field("content", content);
        }

        @Override
        public <T> T tell(Reader<T> reader) {
            return reader.toolResult(this);
        }
    }
}
