package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionEvent;
import reactor.core.publisher.Flux;

/** How completions that are no chats are written. */
enum PromptFormat implements AnswerFormat {
    PROMPT;

    @Override
    public String idPrefix() {
        return "cmpl-";
    }

    @Override
    public TextCompletion whole(ChatHead head, WholeAnswer answer) {
        return TextCompletion.of(head, answer);
    }

    @Override
    public FieldNames names() {
        return FieldNames.PROMPT;
    }

    @Override
    public Flux<CompletionEvent> checked(Flux<CompletionEvent> answer) {
        return answer;
    }

    @Override
    public CompletionEvent.Reader<String> chunks(ChunkFrame frame) {
        return new TextChunks(frame);
    }

    @Override
    public String chunkObject() {
        return TextCompletion.OBJECT;
    }
}
