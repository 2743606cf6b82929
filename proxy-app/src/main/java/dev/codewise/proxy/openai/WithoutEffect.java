package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionEvent.Thinking;
import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;
import dev.codewise.proxy.completion.Wishes;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * Names the fields of a request that have no effect in a header of its answer: those that never have one at once, those that
 * whoever takes the request cannot heed as soon as that is known. Where an operator wants it so, they are refused instead.
 */
final class WithoutEffect implements CompletionEvent.Reader<CompletionEvent> {

    static final String HEADER = "x-codewise-ignored";

    private final Question question;
    private final ServerHttpResponse response;
    private final boolean refused;

    WithoutEffect(Question question, ServerHttpResponse response, boolean refused) {
        this.question = question;
        this.response = response;
        this.refused = refused;
    }

    /** What is known before anybody is asked. */
    void announce() {
        tell(question.ignored());
    }

    CompletionEvent of(CompletionEvent event) {
        return event.tell(this);
    }

    @Override
    public CompletionEvent taken(Taken taken) {
        Stream<String> unheeded = taken.unheeded().stream().map(this::nameOf);
        tell(Stream.concat(question.ignored().stream(), unheeded).sorted().toList());
        return taken;
    }

    private void tell(List<String> fields) {
        if (refused && !fields.isEmpty()) {
            throw refusal(fields.get(0));
        }
        if (!response.isCommitted()) {
            write(fields);
        }
    }

    /** Somebody else may have taken the request before, who could heed less. */
    private void write(Collection<String> fields) {
        if (fields.isEmpty()) {
            response.getHeaders().remove(HEADER);
        } else {
            response.getHeaders().set(HEADER, String.join(", ", fields));
        }
    }

    private static RuntimeException refusal(String field) {
        return Refusals.invalid(
                field,
                "\"" + field + "\" would have no effect here, and CODEWISE_STRICT demands that it has. Leave it out.");
    }

    private String nameOf(Wishes.Kind kind) {
        return switch (kind) {
            case MAX_TOKENS ->
                question.fields().has(Tuning.MAX_COMPLETION_TOKENS) ? Tuning.MAX_COMPLETION_TOKENS : Tuning.MAX_TOKENS;
            case TEMPERATURE -> "temperature";
            case TOP_P -> "top_p";
            case STOP -> "stop";
            case EFFORT -> "reasoning_effort";
        };
    }

    @Override
    public CompletionEvent thinking(Thinking thinking) {
        return thinking;
    }

    @Override
    public CompletionEvent text(Text text) {
        return text;
    }

    @Override
    public CompletionEvent toolCall(ToolCallPiece piece) {
        return piece;
    }

    @Override
    public CompletionEvent finished(Finished finished) {
        return finished;
    }
}
