package dev.codewise.agent.run;

import dev.codewise.agent.claude.Part;
import dev.codewise.protocol.RunContent;
import dev.codewise.protocol.RunPart;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Makes parts of a prompt of the parts of a message. */
final class PromptParts implements RunPart.Reader<Part> {

    private final JsonMapper json;

    PromptParts(JsonMapper json) {
        this.json = json;
    }

    /** The service takes no blank text; leaving one out changes nothing of what was said. */
    List<Part> of(RunContent content) {
        return content.parts().stream()
                .filter(part -> !isBlank(part))
                .map(part -> part.tell(this))
                .toList();
    }

    private static boolean isBlank(RunPart part) {
        return part instanceof RunPart.Text words && words.text().isBlank();
    }

    @Override
    public Part text(RunPart.Text text) {
        return new Part.Text(text.text());
    }

    @Override
    public Part image(RunPart.Image image) {
        return new Part.Image(image.mediaType(), image.data());
    }

    @Override
    public Part document(RunPart.Document document) {
        return new Part.Document(document.mediaType(), document.data());
    }

    /** No arguments at all are how some clients say that a tool takes none. */
    @Override
    public Part toolCall(RunPart.ToolCall call) {
        var arguments = call.arguments().isBlank() ? "{}" : call.arguments();
        if (!isObject(arguments)) {
            throw RejectedRequestException.invalid("the arguments of a tool call are no JSON object");
        }
        return new Part.ToolCall(call.id(), call.name(), arguments);
    }

    private boolean isObject(String text) {
        try {
            return json.readTree(text).isObject();
        } catch (JacksonException e) {
            return false;
        }
    }

    @Override
    public Part toolResult(RunPart.ToolResult result) {
        return new Part.ToolResult(result.callId(), of(result.content()), Boolean.TRUE.equals(result.failed()));
    }
}
