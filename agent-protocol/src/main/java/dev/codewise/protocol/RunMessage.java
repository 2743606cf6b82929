package dev.codewise.protocol;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What an agent tells the proxy about one run. */
public sealed interface RunMessage extends AgentMessage {

    String requestId();

    /** Its place among the messages of the run, from 1 on; level 0 has none. */
    @Nullable
    Long seq();

    /** Whether nothing may follow it. */
    boolean endsRun();

    /** How many characters of output it brings. */
    int outputLength();

    /** What the run has used so far, or in all where it is over. */
    @Nullable
    RunUsage usage();

    /** The same message, in this place. */
    RunMessage numbered(long place);

    /** Lets the message say which one it is, so that no reader has to ask. */
    <T> T tell(Reader<T> reader);

    @Override
    default <T> T reach(Recipient<T> recipient) {
        return recipient.run(this);
    }

    /** Takes each kind of message in a method of its own. */
    interface Reader<T> {

        T chunk(Chunk chunk);

        T complete(Complete complete);

        T failed(Failed failed);
    }

    /** A piece of output; {@code seq} starts at 1 and has no gaps, level 0 has none. */
    @JsonTypeName("chunk")
    record Chunk(
            String requestId,
            @Nullable Long seq,
            String content,
            @Nullable String thinking,
            @Nullable RunToolCall toolCall,
            @Nullable RunUsage usage)
            implements RunMessage {

        public Chunk {
            Required.field("requestId", requestId);
            Required.positive("seq", seq);
            Required.field("content", content);
        }

        /** A piece of output and nothing else. */
        public Chunk(
                String requestId,
                @Nullable Long seq,
                String content,
                @Nullable String thinking,
                @Nullable RunToolCall toolCall) {
            this(requestId, seq, content, thinking, toolCall, null);
        }

        /** A piece of text and nothing else. */
        public Chunk(String requestId, @Nullable Long seq, String content) {
            this(requestId, seq, content, null, null);
        }

        /** The same, with what was used until then. */
        public Chunk having(RunUsage soFar) {
            return new Chunk(requestId, seq, content, thinking, toolCall, soFar);
        }

        @Override
        public boolean endsRun() {
            return false;
        }

        @Override
        public int outputLength() {
            return content.length()
                    + (thinking == null ? 0 : thinking.length())
                    + (toolCall == null ? 0 : toolCall.length());
        }

        @Override
        public Chunk numbered(long place) {
            return new Chunk(requestId, place, content, thinking, toolCall, usage);
        }

        @Override
        public <T> T tell(Reader<T> reader) {
            return reader.chunk(this);
        }
    }

    /**
     * The end of a run that went well.
     *
     * @param content the whole text of an agent that does not stream
     * @param parkedForMs how long the CLI's process is held for the results of the calls just made
     */
    @JsonTypeName("complete")
    record Complete(
            String requestId,
            @Nullable Long seq,
            @Nullable RunFinish finishReason,
            @Nullable RunUsage usage,
            @Nullable BigDecimal costUsd,
            @Nullable String model,
            @Nullable String content,
            @Nullable String stopSequence,
            @Nullable Long parkedForMs)
            implements RunMessage {

        public Complete {
            Required.field("requestId", requestId);
            Required.positive("seq", seq);
        }

        /** Where none of the client's stop sequences ended it, or nobody knows, and no process is held. */
        public Complete(
                String requestId,
                @Nullable Long seq,
                @Nullable RunFinish finishReason,
                @Nullable RunUsage usage,
                @Nullable BigDecimal costUsd,
                @Nullable String model,
                @Nullable String content) {
            this(requestId, seq, finishReason, usage, costUsd, model, content, null, null);
        }

        @Override
        public boolean endsRun() {
            return true;
        }

        @Override
        public int outputLength() {
            return content == null ? 0 : content.length();
        }

        @Override
        public Complete numbered(long place) {
            return new Complete(
                    requestId, place, finishReason, usage, costUsd, model, content, stopSequence, parkedForMs);
        }

        @Override
        public <T> T tell(Reader<T> reader) {
            return reader.complete(this);
        }
    }

    /** The end of a run that did not; {@code usage} is what it had taken by then. */
    @JsonTypeName("error")
    record Failed(
            String requestId,
            @Nullable Long seq,
            RunError error,
            @Nullable RunUsage usage) implements RunMessage {

        public Failed {
            Required.field("requestId", requestId);
            Required.positive("seq", seq);
            Required.field("error", error);
        }

        /** Where nothing was taken, or nobody knows. */
        public Failed(String requestId, @Nullable Long seq, RunError error) {
            this(requestId, seq, error, null);
        }

        @Override
        public boolean endsRun() {
            return true;
        }

        @Override
        public int outputLength() {
            return 0;
        }

        @Override
        public Failed numbered(long place) {
            return new Failed(requestId, place, error, usage);
        }

        @Override
        public <T> T tell(Reader<T> reader) {
            return reader.failed(this);
        }
    }
}
