package dev.codewise.agent.claude;

/** Is told an answer while it is being given, always by the same thread. */
public interface AnswerListener {

    /** The model begins to answer, and this much is used by then, of all that was asked for this answer. */
    void begun(Tokens soFar);

    /** A piece of the answer; while this blocks, claude's output is not read. */
    void text(String piece);

    /** A piece of what the model thinks before it answers; while this blocks, claude's output is not read. */
    void thinking(String piece);

    /** A piece of a call of one of the client's tools; while this blocks, claude's output is not read. */
    void toolCall(CallPiece piece);

    /** The service gave no answer, and claude tries again. */
    void retrying(Retry retry);

    /** Claude printed something, be it only a piece of thinking; comes before the text that is in it. */
    void alive();
}
