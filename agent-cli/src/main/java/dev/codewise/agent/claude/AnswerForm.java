package dev.codewise.agent.claude;

import dev.codewise.agent.claude.ClaudeException.Kind;
import dev.codewise.agent.claude.ClaudeLine.Ready;
import dev.codewise.agent.claude.ClaudeLine.TurnEnded;

/**
 * What the answer is to be: words, or one value after the client's schema. Such a value comes from claude by a call of a tool of its
 * own, and is known to be right only at the end of the turn; words beside it are no part of the answer.
 */
enum AnswerForm {
    WORDS,
    VALUE;

    private static final String TOOL = "StructuredOutput";

    static AnswerForm of(Wishes wishes) {
        return wishes.schema() == null ? WORDS : VALUE;
    }

    boolean isOfWords() {
        return this == WORDS;
    }

    /** Claude drops a schema that it cannot take without a word. */
    void ready(Ready line) {
        if (this == VALUE && !line.tools().contains(TOOL)) {
            throw new ClaudeException(Kind.INVALID_REQUEST, "claude does not take the schema of the answer");
        }
    }

    /** Of a turn that went well: what was not told while it came. */
    void end(TurnEnded turn, AnswerListener listener) {
        if (this == VALUE) {
            listener.text(value(turn));
        }
    }

    private static String value(TurnEnded turn) {
        var value = turn.value();
        if (value == null) {
            throw new ClaudeException(Kind.API_FAILED, "the model did not answer in the form that was asked for");
        }
        return value;
    }
}
