package dev.codewise.proxy.completion;

import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;
import dev.codewise.proxy.completion.CompletionException.Reason;

/**
 * Sees to it that the calls of tools in one answer are what every format relies on: each begins with its id and name, says them
 * once, and ends before the next one begins.
 */
final class CallOrder implements PassedOn {

    private int last = -1;

    @Override
    public CompletionEvent toolCall(ToolCallPiece piece) {
        if (piece.index() == last) {
            return piece.id() == null && piece.name() == null
                    ? piece
                    : new ToolCallPiece(last, null, null, piece.arguments());
        }
        if (piece.index() < last || piece.id() == null || piece.name() == null) {
            throw new CompletionException(Reason.PROVIDER_FAILED, "A call of a tool came without its beginning.");
        }
        last = piece.index();
        return piece;
    }
}
