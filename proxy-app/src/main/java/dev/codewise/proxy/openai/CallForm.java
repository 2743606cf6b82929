package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;
import dev.codewise.proxy.completion.FinishReason;
import reactor.core.publisher.Flux;

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

    /** The same events; fails in place of a call that this form cannot tell. */
    Flux<CompletionEvent> checked(Flux<CompletionEvent> answer) {
        return this == FUNCTION ? answer.map(OneFunction.ONLY::of) : answer;
    }

    /** Clients find the parts of a call by its index, and take an id or a name that comes again for another call. */
    String delta(ToolCallPiece piece) {
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
