package dev.codewise.agent.claude;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A line of claude's output that matters to an answer. */
sealed interface ClaudeLine {

    void tell(Reader reader);

    /** Takes each kind of line in a method of its own. */
    interface Reader {

        void messageStarted(MessageStarted line);

        void textDelta(TextDelta line);

        void messageDelta(MessageDelta line);

        void synthetic(Synthetic line);

        void retrying(Retrying line);

        void limitReached(LimitReached line);

        void controlAnswered(ControlAnswered line);

        void turnEnded(TurnEnded line);
    }

    /** The model begins a message; its output tokens are only an opening figure. */
    record MessageStarted(@Nullable String model, Tokens tokens) implements ClaudeLine {

        @Override
        public void tell(Reader reader) {
            reader.messageStarted(this);
        }
    }

    record TextDelta(String text) implements ClaudeLine {

        @Override
        public void tell(Reader reader) {
            reader.textDelta(this);
        }
    }

    /** The model ends a message; these are the true figures. */
    record MessageDelta(String stopReason, Tokens tokens) implements ClaudeLine {

        @Override
        public void tell(Reader reader) {
            reader.messageDelta(this);
        }
    }

    /** Words of the CLI itself in the place of an answer, with the kind of error. */
    record Synthetic(String error) implements ClaudeLine {

        @Override
        public void tell(Reader reader) {
            reader.synthetic(this);
        }
    }

    /** A call failed and will be repeated; no status when there was no HTTP answer. */
    record Retrying(int status) implements ClaudeLine {

        @Override
        public void tell(Reader reader) {
            reader.retrying(this);
        }
    }

    /** The subscription's limit refuses the call. */
    record LimitReached(Instant resetsAt) implements ClaudeLine {

        @Override
        public void tell(Reader reader) {
            reader.limitReached(this);
        }
    }

    /** The answer to a request that went in on the control channel. */
    record ControlAnswered(String requestId, @Nullable String error) implements ClaudeLine {

        @Override
        public void tell(Reader reader) {
            reader.controlAnswered(this);
        }
    }

    /** The end of a turn; whether it went well is in {@code isError} alone. */
    record TurnEnded(
            boolean isError,
            int apiStatus,
            String text,
            String stopReason,
            String terminalReason,
            @Nullable BigDecimal costUsd,
            Tokens tokens)
            implements ClaudeLine {

        @Override
        public void tell(Reader reader) {
            reader.turnEnded(this);
        }
    }
}
