package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionEvent;
import reactor.core.publisher.Flux;

/** How chat completions are written. */
enum ChatFormat implements AnswerFormat {
    CHAT(CallForm.TOOLS),
    CHAT_WITH_FUNCTIONS(CallForm.FUNCTION);

    private final CallForm calls;

    ChatFormat(CallForm calls) {
        this.calls = calls;
    }

    static ChatFormat of(Fields fields) {
        return CallForm.of(fields) == CallForm.TOOLS ? CHAT : CHAT_WITH_FUNCTIONS;
    }

    @Override
    public String idPrefix() {
        return "chatcmpl-";
    }

    @Override
    public ChatCompletion whole(ChatHead head, WholeAnswer answer) {
        return ChatCompletion.of(head, answer, calls);
    }

    @Override
    public FieldNames names() {
        return calls == CallForm.TOOLS ? FieldNames.CHAT : FieldNames.CHAT_WITH_FUNCTIONS;
    }

    @Override
    public Flux<CompletionEvent> checked(Flux<CompletionEvent> answer) {
        return calls.checked(answer);
    }

    @Override
    public CompletionEvent.Reader<String> chunks(ChunkFrame frame) {
        return new ChatChunks(frame, calls);
    }

    @Override
    public String chunkObject() {
        return "chat.completion.chunk";
    }
}
