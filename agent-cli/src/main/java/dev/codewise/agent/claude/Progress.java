package dev.codewise.agent.claude;

import dev.codewise.agent.claude.ClaudeException.Kind;
import dev.codewise.agent.claude.ClaudeLine.ControlAnswered;
import dev.codewise.agent.claude.ClaudeLine.LimitReached;
import dev.codewise.agent.claude.ClaudeLine.MessageDelta;
import dev.codewise.agent.claude.ClaudeLine.MessageStarted;
import dev.codewise.agent.claude.ClaudeLine.Retrying;
import dev.codewise.agent.claude.ClaudeLine.Synthetic;
import dev.codewise.agent.claude.ClaudeLine.TextDelta;
import dev.codewise.agent.claude.ClaudeLine.TurnEnded;
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
    private Tokens tokens = Tokens.NONE;
    private long answered;
    private boolean cutShort;
    private String syntheticError = "";
    private @Nullable String model;
    private @Nullable Instant limitedUntil;
    private @Nullable TurnEnded turnEnded;
    private @Nullable ControlAnswered controlAnswered;

    Progress(AnswerListener listener) {
        this.listener = listener;
    }

    /** Claude printed a line, whatever is in it. */
    void heard() {
        listener.alive();
    }

    @Override
    public void messageStarted(MessageStarted line) {
        model = line.model();
    }

    @Override
    public void textDelta(TextDelta line) {
        if (cutShort) {
            return;
        }
        answered += line.text().getBytes(StandardCharsets.UTF_8).length;
        if (answered > LONGEST_ANSWER) {
            throw new ClaudeException(Kind.OUTPUT_TOO_LONG, "the answer is longer than 16 MiB");
        }
        listener.text(line.text());
    }

    @Override
    public void messageDelta(MessageDelta line) {
        tokens = tokens.plus(line.tokens());
        cutShort |= CUT_SHORT.contains(line.stopReason());
    }

    @Override
    public void synthetic(Synthetic line) {
        syntheticError = line.error();
    }

    /** The CLI would repeat a refused login for minutes. */
    @Override
    public void retrying(Retrying line) {
        if (line.status() == 401) {
            throw new ClaudeException(
                    Kind.NOT_LOGGED_IN, "claude's login was refused (401): run \"claude\" and /login");
        }
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

    boolean isCutShort() {
        return cutShort;
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

    @Nullable
    String model() {
        return model;
    }

    String syntheticError() {
        return syntheticError;
    }

    @Nullable
    Instant limitedUntil() {
        return limitedUntil;
    }
}
