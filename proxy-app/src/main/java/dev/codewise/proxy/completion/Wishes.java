package dev.codewise.proxy.completion;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the client wishes of the answer; what is absent is left to the model.
 *
 * @param user for whom it is, as the client names him
 */
public record Wishes(
        @Nullable Integer maxTokens,
        @Nullable Double temperature,
        @Nullable Double topP,
        List<String> stop,
        @Nullable Effort effort,
        @Nullable JsonNode schema,
        @Nullable String user) {

    public static final Wishes NONE = new Wishes(null, null, null, List.of(), null, null, null);

    /** How hard the model should think. */
    public enum Effort {
        NONE,
        MINIMAL,
        LOW,
        MEDIUM,
        HIGH,
        MAX
    }

    /** The wishes that only tune an answer, so that whoever cannot heed one may say so and answer all the same. */
    public enum Kind {
        MAX_TOKENS,
        TEMPERATURE,
        TOP_P,
        STOP,
        EFFORT,
        USER,
        STRICT_CALLS
    }

    public Wishes {
        stop = List.copyOf(stop);
    }

    /** What is wished for nobody in particular. */
    public Wishes(
            @Nullable Integer maxTokens,
            @Nullable Double temperature,
            @Nullable Double topP,
            List<String> stop,
            @Nullable Effort effort,
            @Nullable JsonNode schema) {
        this(maxTokens, temperature, topP, stop, effort, schema, null);
    }

    public static Wishes ofMaxTokens(@Nullable Integer maxTokens) {
        return new Wishes(maxTokens, null, null, List.of(), null, null);
    }
}
