package dev.codewise.proxy.claude;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/** One event of a streamed answer, as far as it matters here. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", defaultImpl = StreamEvent.Other.class)
sealed interface StreamEvent {

    /** Lets the event say which one it is, so that no reader has to ask. */
    <T> T tell(Reader<T> reader);

    /** Takes each kind of event in a method of its own. */
    interface Reader<T> {

        T started(Started started);

        T continued(Continued continued);

        T ending(Ending ending);

        T ended(Ended ended);

        T failed(Failed failed);

        T other(Other other);
    }

    /** The model has begun to answer. */
    @JsonTypeName("message_start")
    record Started(Message message) implements StreamEvent {

        record Message(@Nullable String model, @Nullable TokenCounts usage) {}

        @Override
        public <T> T tell(Reader<T> reader) {
            return reader.started(this);
        }
    }

    /** A piece of a content block; text only where the block is one of text. */
    @JsonTypeName("content_block_delta")
    record Continued(Piece delta) implements StreamEvent {

        record Piece(@Nullable String text) {}

        @Override
        public <T> T tell(Reader<T> reader) {
            return reader.continued(this);
        }
    }

    /** Why the model stopped, and what it has used. */
    @JsonTypeName("message_delta")
    record Ending(Stop delta, @Nullable TokenCounts usage) implements StreamEvent {

        record Stop(@JsonProperty("stop_reason") @Nullable String stopReason) {}

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

        @Override
        public <T> T tell(Reader<T> reader) {
            return reader.failed(this);
        }
    }

    /** A ping, the frame of a block, or what the API has learnt to say since. */
    record Other() implements StreamEvent {

        @Override
        public <T> T tell(Reader<T> reader) {
            return reader.other(this);
        }
    }
}
