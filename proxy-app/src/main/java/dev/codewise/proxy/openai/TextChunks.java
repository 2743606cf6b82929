package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionEvent.Thinking;
import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;
import reactor.core.publisher.Mono;

/** The chunks of a completion that is no chat: text and nothing else. */
final class TextChunks implements AnswerFormat.Events, CompletionEvent.Reader<String> {

    private final ChunkFrame frame;
    private boolean finished;

    TextChunks(ChunkFrame frame) {
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
        finished = true;
        return chunk("", "\"" + FinishReasons.nameOf(end.reason()) + "\"") + frame.usage(end.usage());
    }

    @Override
    public Mono<String> end() {
        return finished ? Mono.just(ChunkFrame.DONE) : Mono.error(Unfinished::answer);
    }

    private String chunk(String text, String finishReason) {
        var event = frame.begin(new StringBuilder()).append("{\"text\":");
        JsonText.append(text, event);
        event.append(",\"index\":0,\"logprobs\":null,\"finish_reason\":").append(finishReason);
        return frame.end(event.append('}')).toString();
    }
}
