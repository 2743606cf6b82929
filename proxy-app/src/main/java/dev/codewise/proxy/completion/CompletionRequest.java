package dev.codewise.proxy.completion;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One question to a model, whatever wire format it came in. */
public record CompletionRequest(
        String id,
        String model,
        @Nullable String system,
        List<Turn> turns,
        @Nullable Integer maxTokens) {

    public CompletionRequest {
        turns = List.copyOf(turns);
    }

    CompletionRequest withModel(String other) {
        return new CompletionRequest(id, other, system, turns, maxTokens);
    }
}
