package dev.codewise.agent.claude;

import java.time.Duration;

/** Asks a process that nobody has used yet whether it listens; it changes nothing in it, and any answer will do. */
final class Pulse {

    private static final AnswerListener NOBODY = new AnswerListener() {

        @Override
        public void begun(Tokens soFar) {}

        @Override
        public void text(String piece) {}

        @Override
        public void thinking(String piece) {}

        @Override
        public void retrying(Retry retry) {}

        @Override
        public void alive() {}

        @Override
        public void toolCall(CallPiece piece) {}
    };

    private final InputLines input;
    private final LineParser parser;

    Pulse(InputLines input, LineParser parser) {
        this.input = input;
        this.parser = parser;
    }

    boolean isFelt(ClaudeProcess process, Duration patience) throws InterruptedException {
        var progress = new Progress(NOBODY);
        process.send(input.askVersion("pulse"));
        try {
            return new Exchange(process, parser, progress, new Patience(patience, patience))
                    .await(progress::isControlAnswered);
        } catch (ClaudeException e) {
            return false;
        }
    }
}
