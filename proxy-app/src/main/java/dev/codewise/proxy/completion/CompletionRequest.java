package dev.codewise.proxy.completion;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One question to a model, whatever wire format it came in. */
public record CompletionRequest(
        String id, String model, @Nullable String system, List<Turn> turns, Toolbox toolbox, Wishes wishes) {

    public CompletionRequest {
        turns = List.copyOf(turns);
    }

    /** A question with no tools and no wishes. */
    public CompletionRequest(String id, String model, @Nullable String system, List<Turn> turns) {
        this(id, model, system, turns, Toolbox.EMPTY, Wishes.NONE);
    }

    public CompletionRequest with(Wishes others) {
        return new CompletionRequest(id, model, system, turns, toolbox, others);
    }

    public CompletionRequest with(Toolbox other) {
        return new CompletionRequest(id, model, system, turns, other, wishes);
    }

    /** The same question under another name. */
    public CompletionRequest withId(String other) {
        return new CompletionRequest(other, model, system, turns, toolbox, wishes);
    }

    CompletionRequest withModel(String other) {
        return new CompletionRequest(id, other, system, turns, toolbox, wishes);
    }
}
