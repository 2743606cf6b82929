package dev.codewise.proxy.agent;

import dev.codewise.protocol.RunContent;
import dev.codewise.protocol.RunPart;
import dev.codewise.protocol.RunTurn;
import dev.codewise.proxy.completion.Part;
import dev.codewise.proxy.completion.Turn;
import java.util.List;

/** The turns of a conversation and their parts in the words of the agent protocol. */
enum PartWording implements Part.Reader<RunPart> {
    OF;

    static RunTurn of(Turn turn) {
        return new RunTurn(role(turn), content(turn.parts()));
    }

    private static RunTurn.Role role(Turn turn) {
        return switch (turn.role()) {
            case USER -> isOfTools(turn.parts()) ? RunTurn.Role.TOOL : RunTurn.Role.USER;
            case ASSISTANT -> RunTurn.Role.ASSISTANT;
        };
    }

    private static boolean isOfTools(List<Part> parts) {
        return !parts.isEmpty() && parts.stream().allMatch(Part.ToolResult.class::isInstance);
    }

    private static RunContent content(List<Part> parts) {
        return new RunContent(parts.stream().map(part -> part.tell(OF)).toList());
    }

    @Override
    public RunPart text(Part.Text text) {
        return new RunPart.Text(text.text());
    }

    @Override
    public RunPart image(Part.Image image) {
        return new RunPart.Image(image.mediaType(), image.base64());
    }

    @Override
    public RunPart document(Part.Document document) {
        return new RunPart.Document(document.mediaType(), document.base64());
    }

    @Override
    public RunPart toolCall(Part.ToolCall call) {
        return new RunPart.ToolCall(call.id(), call.name(), call.arguments());
    }

    @Override
    public RunPart toolResult(Part.ToolResult result) {
        return new RunPart.ToolResult(
                result.callId(), content(result.content()), result.failed() ? Boolean.TRUE : null);
    }
}
