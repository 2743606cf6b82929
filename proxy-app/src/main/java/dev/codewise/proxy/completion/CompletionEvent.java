package dev.codewise.proxy.completion;

import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What happens while a completion is given: somebody takes it, pieces of it come, it is finished. */
public sealed interface CompletionEvent {

    /** Lets the event say which one it is, so that no reader has to ask. */
    <T> T tell(Reader<T> reader);

    /** Takes each kind of event in a method of its own. */
    interface Reader<T> {

        T taken(Taken taken);

        T thinking(Thinking thinking);

        T text(Text text);

        T toolCall(ToolCallPiece piece);

        T finished(Finished finished);
    }

    /**
     * Somebody has taken the request; nothing has been said yet, and another may still take it over. The wishes that were
     * made and will not be heeded are known by now, and sometimes the tokens that have been used up already, whatever comes of
     * the answer.
     */
    record Taken(
            Answerer by,
            Set<Wishes.Kind> unheeded,
            @Nullable Usage usage) implements CompletionEvent {

        public Taken {
            unheeded = Set.copyOf(unheeded);
        }

        public Taken(Answerer by, Set<Wishes.Kind> unheeded) {
            this(by, unheeded, null);
        }

        public Taken(Answerer by) {
            this(by, Set.of());
        }

        @Override
        public <T> T tell(Reader<T> reader) {
            return reader.taken(this);
        }
    }

    /** A piece of what the model thinks before or between its words, never empty; no part of the answer. */
    record Thinking(String text) implements CompletionEvent {

        @Override
        public <T> T tell(Reader<T> reader) {
            return reader.thinking(this);
        }
    }

    /**
     * A piece of a call of one of the client's tools. Calls are numbered from 0; the first piece of each carries its id and
     * name, and all pieces together its arguments, which are JSON.
     */
    record ToolCallPiece(
            int index, @Nullable String id, @Nullable String name, String arguments) implements CompletionEvent {

        @Override
        public <T> T tell(Reader<T> reader) {
            return reader.toolCall(this);
        }
    }

    /** A piece of the answer, never empty. */
    record Text(String text) implements CompletionEvent {

        @Override
        public <T> T tell(Reader<T> reader) {
            return reader.text(this);
        }
    }

    /**
     * The whole answer has been given; what the provider could not say is absent, never zero. The stop sequence is the one of
     * the client's at which the model stopped.
     */
    record Finished(
            FinishReason reason,
            @Nullable Usage usage,
            @Nullable BigDecimal costUsd,
            @Nullable String model,
            @Nullable String stopSequence)
            implements CompletionEvent {

        public Finished(
                FinishReason reason, @Nullable Usage usage, @Nullable BigDecimal costUsd, @Nullable String model) {
            this(reason, usage, costUsd, model, null);
        }

        @Override
        public <T> T tell(Reader<T> reader) {
            return reader.finished(this);
        }
    }
}
