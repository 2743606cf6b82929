package dev.codewise.agent.claude;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the client wishes of the answer; what is absent is left to claude. */
public record Wishes(
        @Nullable Integer maxTokens,
        @Nullable Double temperature,
        @Nullable Double topP,
        List<String> stop,
        @Nullable Effort effort,
        @Nullable Map<String, Object> schema) {

    public static final Wishes NONE = new Wishes(null, null, null, List.of(), null, null);

    /** How hard the model should think. */
    public enum Effort {
        NONE,
        MINIMAL,
        LOW,
        MEDIUM,
        HIGH,
        MAX
    }

    public Wishes {
        stop = List.copyOf(stop);
    }

    public static Wishes ofMaxTokens(@Nullable Integer maxTokens) {
        return new Wishes(maxTokens, null, null, List.of(), null, null);
    }
}
