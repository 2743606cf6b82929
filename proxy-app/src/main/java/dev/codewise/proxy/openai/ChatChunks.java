package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionEvent.Thinking;
import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;
import reactor.core.publisher.Mono;

/** The chunks of a chat completion. */
final class ChatChunks implements AnswerFormat.Events, CompletionEvent.Reader<String> {

    private static final String ROLE = "{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}";

    private final ChunkFrame frame;
    private boolean begun;
    private boolean finished;

    ChatChunks(ChunkFrame frame) {
        this.frame = frame;
    }

    @Override
    public String of(CompletionEvent event) {
        return event.tell(this);
    }

    @Override
    public String taken(Taken taken) {
        return "";
    }

    @Override
    public String thinking(Thinking thinking) {
        return said("{\"reasoning_content\":", thinking.text());
    }

    @Override
    public String text(Text text) {
        return said("{\"content\":", text.text());
    }

    private String said(String field, String text) {
        var delta = new StringBuilder(field);
        JsonText.append(text, delta);
        return chunk(delta.append('}'), "null");
    }

    /** Clients find the parts of a call by its index, and take an id or a name that comes again for another call. */
    @Override
    public String toolCall(ToolCallPiece piece) {
        var delta = new StringBuilder("{\"tool_calls\":[{\"index\":").append(piece.index());
        if (piece.id() != null) {
            JsonText.append(piece.id(), delta.append(",\"id\":"));
            delta.append(",\"type\":\"function\"");
        }
        delta.append(",\"function\":{");
        if (piece.name() != null) {
            JsonText.append(piece.name(), delta.append("\"name\":"));
            delta.append(',');
        }
        JsonText.append(piece.arguments(), delta.append("\"arguments\":"));
        return chunk(delta.append("}}]}"), "null");
    }

    @Override
    public String finished(Finished end) {
        finished = true;
        return chunk("{}", "\"" + FinishReasons.nameOf(end.reason()) + "\"") + frame.usage(end.usage());
    }

    @Override
    public Mono<String> end() {
        return finished ? Mono.just(ChunkFrame.DONE) : Mono.error(Unfinished::answer);
    }

    /** Who speaks is said once, before anything else. */
    private String chunk(CharSequence delta, String finishReason) {
        var events = new StringBuilder();
        if (!begun) {
            begun = true;
            append(ROLE, "null", events);
        }
        append(delta, finishReason, events);
        return events.toString();
    }

    private void append(CharSequence delta, String finishReason, StringBuilder events) {
        frame.begin(events).append("{\"index\":0,\"delta\":").append(delta);
        events.append(",\"logprobs\":null,\"finish_reason\":").append(finishReason);
        frame.end(events.append('}'));
    }
}
