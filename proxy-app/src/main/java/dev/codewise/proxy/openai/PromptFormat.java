package dev.codewise.proxy.openai;

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
    public Events events(ChunkFrame frame) {
        return new TextChunks(frame);
    }

    @Override
    public String chunkObject() {
        return TextCompletion.OBJECT;
    }
}
