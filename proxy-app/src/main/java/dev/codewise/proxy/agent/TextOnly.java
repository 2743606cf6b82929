package dev.codewise.proxy.agent;

import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Feature;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.Part;
import dev.codewise.proxy.completion.Part.Document;
import dev.codewise.proxy.completion.Part.Image;
import dev.codewise.proxy.completion.Part.Text;
import dev.codewise.proxy.completion.Part.ToolCall;
import dev.codewise.proxy.completion.Part.ToolResult;
import dev.codewise.proxy.completion.Turn;
import dev.codewise.proxy.completion.Wishes;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** What an agent can be asked today: text, and how much of it at most. Everything else it refuses, or says it does not heed. */
enum TextOnly implements Part.Reader<String> {
    OF;

    /** Fails where the request brings what no agent can take. */
    static void check(CompletionRequest request) {
        if (!request.toolbox().isEmpty()) {
            throw unsupported(Feature.TOOLS, "tools");
        }
        if (request.wishes().schema() != null) {
            throw unsupported(Feature.SCHEMA, "a schema for the answer");
        }
    }

    /** The wishes that tune the answer and have no effect at an agent. */
    static Set<Wishes.Kind> unheeded(Wishes wishes) {
        Set<Wishes.Kind> unheeded = EnumSet.noneOf(Wishes.Kind.class);
        note(wishes.temperature() != null, Wishes.Kind.TEMPERATURE, unheeded);
        note(wishes.topP() != null, Wishes.Kind.TOP_P, unheeded);
        note(!wishes.stop().isEmpty(), Wishes.Kind.STOP, unheeded);
        note(wishes.effort() != null, Wishes.Kind.EFFORT, unheeded);
        return unheeded;
    }

    private static void note(boolean wished, Wishes.Kind kind, Set<Wishes.Kind> unheeded) {
        if (wished) {
            unheeded.add(kind);
        }
    }

    static String of(Turn turn) {
        return turn.parts().stream().map(part -> part.tell(OF)).collect(Collectors.joining("\n"));
    }

    @Override
    public String text(Text text) {
        return text.text();
    }

    @Override
    public String image(Image image) {
        throw unsupported(Feature.IMAGES, "images");
    }

    @Override
    public String document(Document document) {
        throw unsupported(Feature.DOCUMENTS, "documents");
    }

    @Override
    public String toolCall(ToolCall call) {
        throw unsupported(Feature.TOOLS, "calls of tools");
    }

    @Override
    public String toolResult(ToolResult result) {
        throw unsupported(Feature.TOOLS, "results of tools");
    }

    private static CompletionException unsupported(Feature feature, String what) {
        return CompletionException.unsupported(
                feature, "Agents cannot take " + what + " yet; only the Claude API can, with ANTHROPIC_API_KEY set.");
    }
}
