package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.completion.PassedOn;

/** Lets one call of a function pass and no further one: there is no form in which a client that knows no tools would see it. */
final class OneFunction implements PassedOn {

    static final OneFunction ONLY = new OneFunction();

    private OneFunction() {}

    @Override
    public CompletionEvent toolCall(ToolCallPiece piece) {
        if (piece.index() > 0) {
            throw new CompletionException(
                    Reason.PROVIDER_FAILED,
                    "The model wants several functions called, which only \"tools\" can tell. Ask with those.");
        }
        return piece;
    }
}
