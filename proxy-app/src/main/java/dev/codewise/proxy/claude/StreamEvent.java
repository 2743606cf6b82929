package dev.codewise.proxy.claude;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One event of a streamed answer, as far as it matters here. One without what makes it one cannot be read. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", defaultImpl = StreamEvent.Other.class)
sealed interface StreamEvent {

    /** Lets the event say which one it is, so that no reader has to ask. */
    <T> T tell(Reader<T> reader);

    /** Takes each kind of event in a method of its own. */
    interface Reader<T> {

        T started(Started started);

        T blockStarted(BlockStarted started);

        T continued(Continued continued);

        T blockEnded(BlockEnded ended);

        T ending(Ending ending);

        T ended(Ended ended);

        T failed(Failed failed);

        T other(Other other);
    }

    /** The model has begun to answer. */
    @JsonTypeName("message_start")
    record Started(Message message) implements StreamEvent {

        public Started {
            Objects.requireNonNull(message);
        }

        record Message(@Nullable String model, @Nullable TokenCounts usage) {}

        @Override
        public <T> T tell(Reader<T> reader) {
            return reader.started(this);
        }
    }

    /** The frame of a content block, which follows; a call of a tool says here which one. */
    @JsonTypeName("content_block_start")
    record BlockStarted(@JsonProperty("content_block") Frame frame) implements StreamEvent {

        public BlockStarted {
            Objects.requireNonNull(frame);
        }

        record Frame(
                @Nullable String type,
                @Nullable String id,
                @Nullable String name,
                @Nullable JsonNode input) {}

        @Override
        public <T> T tell(Reader<T> reader) {
            return reader.blockStarted(this);
        }
    }

    /** A piece of a content block, of the kind that the block is of. */
    @JsonTypeName("content_block_delta")
    record Continued(Piece delta) implements StreamEvent {

        public Continued {
            Objects.requireNonNull(delta);
        }

        record Piece(
                @Nullable String text,
                @Nullable String thinking,

                @JsonProperty("partial_json") @Nullable String partialJson) {}

        @Override
        public <T> T tell(Reader<T> reader) {
            return reader.continued(this);
        }
    }

    /** A content block is whole. */
    @JsonTypeName("content_block_stop")
    record BlockEnded() implements StreamEvent {

        @Override
        public <T> T tell(Reader<T> reader) {
            return reader.blockEnded(this);
        }
    }

    /** Why the model stopped, and what it has used. */
    @JsonTypeName("message_delta")
    record Ending(Stop delta, @Nullable TokenCounts usage) implements StreamEvent {

        public Ending {
            Objects.requireNonNull(delta);
        }

        record Stop(
                @JsonProperty("stop_reason") @Nullable String stopReason,

                @JsonProperty("stop_sequence") @Nullable String stopSequence) {}

        @Override
        public <T> T tell(Reader<T> reader) {
            return reader.ending(this);
        }
    }

    /** The answer is whole. */
    @JsonTypeName("message_stop")
    record Ended() implements StreamEvent {

        @Override
        public <T> T tell(Reader<T> reader) {
            return reader.ended(this);
        }
    }

    /** The API has failed; also the body of an HTTP error. */
    @JsonTypeName("error")
    record Failed(ApiError error) implements StreamEvent {

        public Failed {
            Objects.requireNonNull(error);
        }

        @Override
        public <T> T tell(Reader<T> reader) {
            return reader.failed(this);
        }
    }

    /** A ping, or what the API has learnt to say since. */
    record Other() implements StreamEvent {

        @Override
        public <T> T tell(Reader<T> reader) {
            return reader.other(this);
        }
    }
}
