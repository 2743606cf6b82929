package dev.codewise.agent.claude;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A line of claude's output that matters to an answer. */
sealed interface ClaudeLine {

    void tell(Reader reader);

    /** Takes each kind of line in a method of its own. */
    interface Reader {

        void messageStarted(MessageStarted line);

        void textDelta(TextDelta line);

        void thinkingDelta(ThinkingDelta line);

        void messageDelta(MessageDelta line);

        void messageStopped(MessageStopped line);

        void toolCallStarted(ToolCallStarted line);

        void toolCallPiece(ToolCallPiece line);

        void asked(Asked line);

        void ready(Ready line);

        void blockSaid(BlockSaid line);

        void urged(Urged line);

        void synthetic(Synthetic line);

        void retrying(Retrying line);

        void limitReached(LimitReached line);

        void controlAnswered(ControlAnswered line);

        void turnEnded(TurnEnded line);
    }

    /** The model begins a message; its output tokens are only an opening figure. */
    record MessageStarted(String id, @Nullable String model, Tokens tokens) implements ClaudeLine {

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

    /** What the model thinks before it speaks, or a summary of that. */
    record ThinkingDelta(String thought) implements ClaudeLine {

        @Override
        public void tell(Reader reader) {
            reader.thinkingDelta(this);
        }
    }

    /** The model ends a message; these are the true figures. */
    record MessageDelta(String stopReason, @Nullable String stopSequence, Tokens tokens) implements ClaudeLine {

        @Override
        public void tell(Reader reader) {
            reader.messageDelta(this);
        }
    }

    /** All of a message has come. */
    record MessageStopped() implements ClaudeLine {

        @Override
        public void tell(Reader reader) {
            reader.messageStopped(this);
        }
    }

    /** The model begins to call a tool, in a block of the message that is known by its place. */
    record ToolCallStarted(int block, String id, String name) implements ClaudeLine {

        @Override
        public void tell(Reader reader) {
            reader.toolCallStarted(this);
        }
    }

    /** A piece of the arguments of a call. */
    record ToolCallPiece(int block, String json) implements ClaudeLine {

        @Override
        public void tell(Reader reader) {
            reader.toolCallPiece(this);
        }
    }

    /** Claude wants an answer on the control channel; with a message of MCP where it asks that of a server. */
    record Asked(String requestId, String subtype, JsonNode message) implements ClaudeLine {

        /** What of the server is wanted; empty where none is asked. */
        String method() {
            return message.path("method").asString("");
        }

        @Override
        public void tell(Reader reader) {
            reader.asked(this);
        }
    }

    /** Claude begins a turn, with these tools, each under the name that the model sees. */
    record Ready(Set<String> tools) implements ClaudeLine {

        @Override
        public void tell(Reader reader) {
            reader.ready(this);
        }
    }

    /** A text of a message is whole, and said once more. */
    record BlockSaid(String messageId, String words) implements ClaudeLine {

        @Override
        public void tell(Reader reader) {
            reader.blockSaid(this);
        }
    }

    /** The CLI asks the model to go on, of its own accord. */
    record Urged() implements ClaudeLine {

        @Override
        public void tell(Reader reader) {
            reader.urged(this);
        }
    }

    /** Words of the CLI itself in the place of an answer, with the kind of error. */
    record Synthetic(String error) implements ClaudeLine {

        @Override
        public void tell(Reader reader) {
            reader.synthetic(this);
        }
    }

    /** A call failed and will be repeated. */
    record Retrying(Retry retry) implements ClaudeLine {

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

    /** The answer to a request that went in on the control channel, with the text of an answer in words. */
    record ControlAnswered(String requestId, @Nullable String error, String text) implements ClaudeLine {

        @Override
        public void tell(Reader reader) {
            reader.controlAnswered(this);
        }
    }

    /** The end of a turn; whether it went well is in {@code isError} alone. The value is JSON, where a schema was asked for. */
    record TurnEnded(
            boolean isError,
            int apiStatus,
            String text,
            String stopReason,
            String terminalReason,
            @Nullable String value,
            @Nullable BigDecimal costUsd,
            Tokens tokens)
            implements ClaudeLine {

        @Override
        public void tell(Reader reader) {
            reader.turnEnded(this);
        }
    }
}
