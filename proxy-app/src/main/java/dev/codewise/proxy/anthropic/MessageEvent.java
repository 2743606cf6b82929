package dev.codewise.proxy.anthropic;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/** One event of an answer that is streamed. */
@JsonPropertyOrder("type")
sealed interface MessageEvent {

    /** The name of the event, which its data repeat. */
    @JsonProperty
    String type();

    /** The frame, with nothing in it yet. */
    record Start(Message message) implements MessageEvent {

        @Override
        public String type() {
            return "message_start";
        }
    }

    /** A block begins. */
    record BlockStart(
            int index, @JsonProperty("content_block") Message.Block block) implements MessageEvent {

        @Override
        public String type() {
            return "content_block_start";
        }
    }

    /** A block grows. */
    record BlockDelta(int index, Delta delta) implements MessageEvent {

        @Override
        public String type() {
            return "content_block_delta";
        }
    }

    /** A block is whole. */
    record BlockStop(int index) implements MessageEvent {

        @Override
        public String type() {
            return "content_block_stop";
        }
    }

    /** Why the answer ends, and what it has used in all. */
    record Ending(Stop delta, Message.Tokens usage) implements MessageEvent {

        record Stop(
                @JsonProperty("stop_reason") String reason,
                @JsonProperty("stop_sequence") @Nullable String sequence) {}

        @Override
        public String type() {
            return "message_delta";
        }
    }

    /** The answer is whole. */
    record End() implements MessageEvent {

        @Override
        public String type() {
            return "message_stop";
        }
    }

    /** A sign of life. */
    record Ping() implements MessageEvent {

        @Override
        public String type() {
            return "ping";
        }
    }

    /** By what a block grows. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    sealed interface Delta {

        /** More words. */
        @JsonTypeName("text_delta")
        record Text(String text) implements Delta {}

        /** More thoughts. */
        @JsonTypeName("thinking_delta")
        record Thinking(String thinking) implements Delta {}

        /** More of the JSON that a tool is called with. */
        @JsonTypeName("input_json_delta")
        record Input(@JsonProperty("partial_json") String json) implements Delta {}
    }
}
