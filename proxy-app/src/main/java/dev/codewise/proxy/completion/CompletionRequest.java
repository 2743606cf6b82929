package dev.codewise.proxy.completion;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One question to a model, whatever wire format it came in; and who has failed to answer it so far. */
public record CompletionRequest(
        String id,
        String model,
        @Nullable String system,
        List<Turn> turns,
        Toolbox toolbox,
        Wishes wishes,
        Set<Answerer> failedAt) {

    public CompletionRequest {
        turns = List.copyOf(turns);
        failedAt = Set.copyOf(failedAt);
    }

    /** A question with no tools and no wishes. */
    public CompletionRequest(String id, String model, @Nullable String system, List<Turn> turns) {
        this(id, model, system, turns, Toolbox.EMPTY, Wishes.NONE);
    }

    /** A question at which nobody has failed yet. */
    public CompletionRequest(
            String id, String model, @Nullable String system, List<Turn> turns, Toolbox toolbox, Wishes wishes) {
        this(id, model, system, turns, toolbox, wishes, Set.of());
    }

    public CompletionRequest with(Wishes others) {
        return new CompletionRequest(id, model, system, turns, toolbox, others, failedAt);
    }

    public CompletionRequest with(Toolbox other) {
        return new CompletionRequest(id, model, system, turns, other, wishes, failedAt);
    }

    CompletionRequest withModel(String other) {
        return new CompletionRequest(id, other, system, turns, toolbox, wishes, failedAt);
    }

    /** For another try, which this one is to be left out of. */
    CompletionRequest failedAt(Answerer another) {
        var all = new HashSet<>(failedAt);
        all.add(another);
        return new CompletionRequest(id, model, system, turns, toolbox, wishes, all);
    }
}
