package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionEvent.Thinking;
import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;

/** The chunks of a chat completion. */
final class ChatChunks implements CompletionEvent.Reader<String> {

    private static final String ROLE = "{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}";

    private final ChunkFrame frame;
    private final CallForm calls;
    private boolean begun;

    ChatChunks(ChunkFrame frame, CallForm calls) {
        this.frame = frame;
        this.calls = calls;
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

    @Override
    public String toolCall(ToolCallPiece piece) {
        return chunk(calls.delta(piece), "null");
    }

    @Override
    public String finished(Finished end) {
        return chunk("{}", "\"" + calls.reason(end.reason()) + "\"") + frame.usage(end.usage());
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
