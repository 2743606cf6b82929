package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.completion.FinishReason;
import dev.codewise.proxy.openai.ChatCompletion.Call;
import java.util.List;

/** How an answer says what the model wants done: by calls of tools, or, as it was before those, by one call of a function. */
enum CallForm {
    TOOLS,
    FUNCTION;

    /** Who asks with functions only is one that knows no tools. */
    static CallForm of(Fields fields) {
        return fields.has(ChatTools.FUNCTIONS) && !fields.has(ChatTools.TOOLS) ? FUNCTION : TOOLS;
    }

    String reason(FinishReason reason) {
        return this == FUNCTION && reason == FinishReason.TOOL_CALLS ? "function_call" : FinishReasons.nameOf(reason);
    }

    List<Call> checked(List<Call> calls) {
        if (!calls.isEmpty()) {
            check(calls.size() - 1);
        }
        return calls;
    }

    /** There is no form in which a client would see the others. */
    private void check(int lastIndex) {
        if (this == FUNCTION && lastIndex > 0) {
            throw new CompletionException(
                    Reason.PROVIDER_FAILED,
                    "The model wants several functions called, which only \"tools\" can tell. Ask with those.");
        }
    }

    /** Clients find the parts of a call by its index, and take an id or a name that comes again for another call. */
    String delta(ToolCallPiece piece) {
        check(piece.index());
        return switch (this) {
            case TOOLS -> tool(piece);
            case FUNCTION ->
                function(piece, new StringBuilder("{\"function_call\":"))
                        .append('}')
                        .toString();
        };
    }

    private static String tool(ToolCallPiece piece) {
        var delta = new StringBuilder("{\"tool_calls\":[{\"index\":").append(piece.index());
        if (piece.id() != null) {
            JsonText.append(piece.id(), delta.append(",\"id\":"));
            delta.append(",\"type\":\"function\"");
        }
        return function(piece, delta.append(",\"function\":")).append("}]}").toString();
    }

    private static StringBuilder function(ToolCallPiece piece, StringBuilder delta) {
        delta.append('{');
        if (piece.name() != null) {
            JsonText.append(piece.name(), delta.append("\"name\":"));
            delta.append(',');
        }
        JsonText.append(piece.arguments(), delta.append("\"arguments\":"));
        return delta.append('}');
    }
}
