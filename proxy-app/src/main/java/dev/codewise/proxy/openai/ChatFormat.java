package dev.codewise.proxy.openai;

/** How chat completions are written. */
enum ChatFormat implements AnswerFormat {
    CHAT;

    @Override
    public String idPrefix() {
        return "chatcmpl-";
    }

    @Override
    public ChatCompletion whole(ChatHead head, WholeAnswer answer) {
        return ChatCompletion.of(head, answer);
    }

    @Override
    public FieldNames names() {
        return FieldNames.CHAT;
    }

    @Override
    public Events events(ChunkFrame frame) {
        return new ChatChunks(frame);
    }

    @Override
    public String chunkObject() {
        return "chat.completion.chunk";
    }
}
