package dev.codewise.agent.claude;

import dev.codewise.agent.claude.ClaudeException.Kind;
import dev.codewise.agent.claude.ClaudeLine.Asked;
import dev.codewise.agent.claude.ClaudeLine.BlockSaid;
import dev.codewise.agent.claude.ClaudeLine.ControlAnswered;
import dev.codewise.agent.claude.ClaudeLine.LimitReached;
import dev.codewise.agent.claude.ClaudeLine.MessageDelta;
import dev.codewise.agent.claude.ClaudeLine.MessageStarted;
import dev.codewise.agent.claude.ClaudeLine.MessageStopped;
import dev.codewise.agent.claude.ClaudeLine.Ready;
import dev.codewise.agent.claude.ClaudeLine.Retrying;
import dev.codewise.agent.claude.ClaudeLine.Synthetic;
import dev.codewise.agent.claude.ClaudeLine.TextDelta;
import dev.codewise.agent.claude.ClaudeLine.ThinkingDelta;
import dev.codewise.agent.claude.ClaudeLine.ToolCallPiece;
import dev.codewise.agent.claude.ClaudeLine.ToolCallStarted;
import dev.codewise.agent.claude.ClaudeLine.TurnEnded;
import dev.codewise.agent.claude.ClaudeLine.Urged;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How far a conversation has come, learnt line by line; passes the text on while it comes. */
final class Progress implements ClaudeLine.Reader {

    /** What one answer may measure. */
    static final long LONGEST_ANSWER = 16L * 1024 * 1024;

    /** The CLI would ask the model to go on after either of these; an answer ends here. */
    private static final Set<String> CUT_SHORT = Set.of("max_tokens", "model_context_window_exceeded");

    private final AnswerListener listener;
    private final ToolServer tools;
    private final AnswerForm form;
    private final ToolCalls calls;
    private Tokens tokens = Tokens.NONE;
    private Tokens begun = Tokens.NONE;
    private long answered;
    private boolean cutShort;
    private boolean calling;
    private boolean urged;
    private String syntheticError = "";
    private String message = "";
    private @Nullable String model;
    private @Nullable String stopSequence;
    private @Nullable Instant limitedUntil;
    private @Nullable TurnEnded turnEnded;
    private @Nullable ControlAnswered controlAnswered;

    /** Of a claude without tools. */
    Progress(AnswerListener listener) {
        this(listener, ToolServer.idle(), AnswerForm.WORDS);
    }

    Progress(AnswerListener listener, ToolServer tools, AnswerForm form) {
        this.listener = listener;
        this.tools = tools;
        this.form = form;
        this.calls = new ToolCalls(tools.names(), listener);
    }

    /** Claude printed a line, whatever is in it. */
    void heard() {
        listener.alive();
    }

    @Override
    public void messageStarted(MessageStarted line) {
        message = line.id();
        model = line.model();
        begun = line.tokens();
        listener.begun(tokensSoFar());
    }

    @Override
    public void textDelta(TextDelta line) {
        if (!isToldWhole() && form.isOfWords()) {
            count(line.text());
            calls.note(line.text());
            listener.text(line.text());
        }
    }

    @Override
    public void thinkingDelta(ThinkingDelta line) {
        if (!isToldWhole()) {
            count(line.thought());
            listener.thinking(line.thought());
        }
    }

    /** What claude says behind its end is no part of the answer. */
    private boolean isToldWhole() {
        return cutShort || calling || urged;
    }

    private void count(String piece) {
        answered += piece.getBytes(StandardCharsets.UTF_8).length;
        if (answered > LONGEST_ANSWER) {
            throw new ClaudeException(Kind.OUTPUT_TOO_LONG, "the answer is longer than 16 MiB");
        }
    }

    @Override
    public void toolCallStarted(ToolCallStarted line) {
        if (!isToldWhole()) {
            calls.begin(line);
        }
    }

    @Override
    public void toolCallPiece(ToolCallPiece line) {
        if (!isToldWhole()) {
            count(line.json());
            calls.goOn(line);
        }
    }

    @Override
    public void messageDelta(MessageDelta line) {
        tokens = tokens.plus(line.tokens());
        begun = Tokens.NONE;
        stopSequence = line.stopSequence();
        cutShort |= CUT_SHORT.contains(line.stopReason());
    }

    @Override
    public void messageStopped(MessageStopped line) {
        if (!isToldWhole()) {
            calls.end();
            calling = !calls.isEmpty();
        }
    }

    @Override
    public void asked(Asked line) {
        tools.asked(line);
    }

    @Override
    public void ready(Ready line) {
        tools.ready(line);
        form.ready(line);
    }

    /** A message that was not streamed is an answer in the place of one that broke off. */
    @Override
    public void blockSaid(BlockSaid line) {
        if (line.messageId().equals(message) || isToldWhole()) {
            return;
        }
        if (answered > 0) {
            throw new ClaudeException(Kind.API_FAILED, "the answer broke off, and claude began another one");
        }
        textDelta(new TextDelta(line.words()));
    }

    /** Where words are wanted, the model has said all it had to say, be it nothing; a value may be asked for once more. */
    @Override
    public void urged(Urged line) {
        urged |= form.isOfWords();
    }

    @Override
    public void synthetic(Synthetic line) {
        syntheticError = line.error();
    }

    /** The CLI would repeat a refused login for minutes. */
    @Override
    public void retrying(Retrying line) {
        if (line.retry().status() == 401) {
            throw new ClaudeException(
                    Kind.NOT_LOGGED_IN, "claude's login was refused (401): run \"claude\" and /login");
        }
        listener.retrying(line.retry());
    }

    @Override
    public void limitReached(LimitReached line) {
        limitedUntil = line.resetsAt();
    }

    @Override
    public void controlAnswered(ControlAnswered line) {
        controlAnswered = line;
    }

    @Override
    public void turnEnded(TurnEnded line) {
        turnEnded = line;
    }

    /** Of a turn that went well: the answer, where it is a value and no words. */
    void tellValue() {
        if (turnEnded != null) {
            form.end(turnEnded, listener);
        }
    }

    void expectNextControl() {
        controlAnswered = null;
    }

    /** Forgets the end of the turn before, which was only history. */
    void expectNextTurn() {
        turnEnded = null;
    }

    boolean isTurnOver() {
        return turnEnded != null;
    }

    /** Whether nothing follows that belongs to the answer. */
    boolean isOver() {
        return turnEnded != null || isToldWhole();
    }

    /** Whether all is said, though claude wants to hear more. */
    boolean isUrged() {
        return urged;
    }

    boolean isCutShort() {
        return cutShort;
    }

    /** Whether all is said, and the client has to run its tools. */
    boolean isCalling() {
        return calling;
    }

    ToolCalls calls() {
        return calls;
    }

    boolean isControlAnswered() {
        return controlAnswered != null;
    }

    @Nullable
    ControlAnswered control() {
        return controlAnswered;
    }

    @Nullable
    TurnEnded turn() {
        return turnEnded;
    }

    Tokens tokens() {
        return tokens;
    }

    /** With those of a message that has only begun: what the model has read for it, and the first it has said. */
    Tokens tokensSoFar() {
        return tokens.plus(begun);
    }

    @Nullable
    String model() {
        return model;
    }

    /** Which of the client's stop sequences ended the answer, if one did. */
    @Nullable
    String stopSequence() {
        return stopSequence;
    }

    String syntheticError() {
        return syntheticError;
    }

    @Nullable
    Instant limitedUntil() {
        return limitedUntil;
    }
}
