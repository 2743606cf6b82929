package dev.codewise.proxy.completion;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What happens while a completion is given: somebody takes it, text comes, it is finished. */
public sealed interface CompletionEvent {

    /** Lets the event say which one it is, so that no reader has to ask. */
    <T> T tell(Reader<T> reader);

    /** Takes each kind of event in a method of its own. */
    interface Reader<T> {

        T taken(Taken taken);

        T text(Text text);

        T finished(Finished finished);
    }

    /** Somebody has taken the request; nothing has been said yet, and another may still take it over. */
    record Taken(Answerer by) implements CompletionEvent {

        @Override
        public <T> T tell(Reader<T> reader) {
            return reader.taken(this);
        }
    }

    /** A piece of the answer, never empty. */
    record Text(String text) implements CompletionEvent {

        @Override
        public <T> T tell(Reader<T> reader) {
            return reader.text(this);
        }
    }

    /** The whole answer has been given; what the provider could not say is absent, never zero. */
    record Finished(
            FinishReason reason,
            @Nullable Usage usage,
            @Nullable BigDecimal costUsd,
            @Nullable String model) implements CompletionEvent {

        @Override
        public <T> T tell(Reader<T> reader) {
            return reader.finished(this);
        }
    }
}
