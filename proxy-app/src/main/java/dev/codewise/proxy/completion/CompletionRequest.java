package dev.codewise.proxy.completion;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One question to a model, whatever wire format it came in. */
public record CompletionRequest(
        Origin origin, String model, @Nullable String system, List<Turn> turns, Toolbox toolbox, Wishes wishes) {

    public CompletionRequest {
        turns = List.copyOf(turns);
    }

    /** A question with no tools and no wishes. */
    public CompletionRequest(Origin origin, String model, @Nullable String system, List<Turn> turns) {
        this(origin, model, system, turns, Toolbox.EMPTY, Wishes.NONE);
    }

    public String id() {
        return origin.requestId();
    }

    public CompletionRequest with(Wishes others) {
        return new CompletionRequest(origin, model, system, turns, toolbox, others);
    }

    public CompletionRequest with(Toolbox other) {
        return new CompletionRequest(origin, model, system, turns, other, wishes);
    }

    /** The same question under another name. */
    public CompletionRequest withId(String other) {
        return new CompletionRequest(origin.named(other), model, system, turns, toolbox, wishes);
    }

    CompletionRequest withModel(String other) {
        return new CompletionRequest(origin, other, system, turns, toolbox, wishes);
    }
}
