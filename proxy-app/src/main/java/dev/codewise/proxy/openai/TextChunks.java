package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionEvent.Thinking;
import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;

/** The chunks of a completion that is no chat: text and nothing else. */
final class TextChunks implements CompletionEvent.Reader<String> {

    private final ChunkFrame frame;

    TextChunks(ChunkFrame frame) {
        this.frame = frame;
    }

    @Override
    public String taken(Taken taken) {
        return "";
    }

    @Override
    public String thinking(Thinking thinking) {
        return "";
    }

    @Override
    public String toolCall(ToolCallPiece piece) {
        return "";
    }

    @Override
    public String text(Text text) {
        return chunk(text.text(), "null");
    }

    @Override
    public String finished(Finished end) {
        return chunk("", "\"" + FinishReasons.nameOf(end.reason()) + "\"") + frame.usage(end.usage());
    }

    private String chunk(String text, String finishReason) {
        var event = frame.begin(new StringBuilder()).append("{\"text\":");
        JsonText.append(text, event);
        event.append(",\"index\":0,\"logprobs\":null,\"finish_reason\":").append(finishReason);
        return frame.end(event.append('}')).toString();
    }
}
