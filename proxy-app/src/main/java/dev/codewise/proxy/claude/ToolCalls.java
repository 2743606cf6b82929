package dev.codewise.proxy.claude;

import dev.codewise.proxy.claude.StreamEvent.BlockStarted.Frame;
import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The calls of the client's tools in one answer, counted from 0 whatever stands between them. Content blocks come one after the
 * other, so that at most one call is open.
 */
final class ToolCalls {

    private int begun;
    private @Nullable Frame open;
    private boolean hasArguments;

    /** The first piece of a call, which says what is called; nothing for a block of another kind. */
    Optional<CompletionEvent> begin(Frame frame) {
        if (!"tool_use".equals(frame.type())) {
            open = null;
            return Optional.empty();
        }
        open = frame;
        hasArguments = false;
        begun++;
        return Optional.of(new ToolCallPiece(begun - 1, frame.id(), frame.name(), ""));
    }

    Optional<CompletionEvent> goOn(@Nullable String arguments) {
        if (open == null || arguments == null || arguments.isEmpty()) {
            return Optional.empty();
        }
        hasArguments = true;
        return piece(arguments);
    }

    /** The arguments of a call that got none piece by piece: those of its frame, which is empty where a tool takes nothing. */
    Optional<CompletionEvent> end() {
        Frame ended = open;
        open = null;
        return ended == null || hasArguments ? Optional.empty() : piece(inputOf(ended));
    }

    private Optional<CompletionEvent> piece(String arguments) {
        return Optional.of(new ToolCallPiece(begun - 1, null, null, arguments));
    }

    private static String inputOf(Frame frame) {
        return frame.input() == null ? "{}" : frame.input().toString();
    }
}
