package dev.codewise.agent.claude;

import dev.codewise.agent.claude.ClaudeException.Kind;
import dev.codewise.agent.claude.Prompt.Speaker;
import dev.codewise.agent.claude.Prompt.Turn;

/** Tells a claude that knows nothing yet everything up to the question. */
final class Opening {

    private final Dialogue dialogue;
    private final InputLines input;

    Opening(Dialogue dialogue, InputLines input) {
        this.dialogue = dialogue;
        this.input = input;
    }

    void tell(Prompt prompt) throws InterruptedException {
        instruct(input.initialize("initialize", prompt));
        tune(Tuning.of(prompt));
        recall(prompt);
        dialogue.say(input.question(prompt.question()));
    }

    private void tune(Tuning tuning) throws InterruptedException {
        if (!tuning.isNone()) {
            instruct(input.settings("settings", tuning));
        }
        var thinking = tuning.thinkingTokens();
        if (thinking != null) {
            instruct(input.thinking("thinking", thinking));
        }
    }

    private void instruct(byte[] line) throws InterruptedException {
        var progress = dialogue.progress();
        progress.expectNextControl();
        dialogue.say(line);
        dialogue.await(progress::isControlAnswered);
        var answer = progress.control();
        if (answer != null && answer.error() != null) {
            throw new ClaudeException(Kind.EXITED, "claude refused its instructions");
        }
    }

    /** In lockstep: claude applies its own earlier answers when it reads them, but the user's only in their turn. */
    private void recall(Prompt prompt) throws InterruptedException {
        var questions = 0;
        for (var turn : prompt.history()) {
            if (turn.speaker() == Speaker.ASSISTANT) {
                dialogue.say(input.earlierAnswer("msg_history_" + questions, turn));
            } else {
                recallQuestion(turn);
                questions++;
            }
        }
    }

    private void recallQuestion(Turn turn) throws InterruptedException {
        dialogue.say(input.earlierQuestion(turn));
        dialogue.await(dialogue.progress()::isTurnOver);
        dialogue.requireSuccess();
        dialogue.progress().expectNextTurn();
    }
}
