package dev.codewise.proxy.agent;

import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Feature;
import dev.codewise.proxy.completion.CompletionException.Reason;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Why no agent can take a request, however long it waits; the most that can be said, so that somebody knows what to do. */
final class Absence {

    private final List<AgentLink> connected;
    private final SlotRequest request;

    Absence(List<AgentLink> connected, SlotRequest request) {
        this.connected = connected;
        this.request = request;
    }

    CompletionException failure() {
        return offering().isEmpty() || !able().isEmpty()
                ? new CompletionException(Reason.PROVIDER_UNAVAILABLE, sentence())
                : beyond(missing());
    }

    /** What none of them can take, or else the first of what they can take only one by one. */
    private Feature missing() {
        return request.needs().stream()
                .sorted()
                .filter(need ->
                        offering().stream().noneMatch(link -> link.profile().takes(Set.of(need))))
                .findFirst()
                .orElseGet(() -> Collections.min(request.needs()));
    }

    private static CompletionException beyond(Feature missing) {
        return CompletionException.unsupported(
                missing,
                "None of the connected agents can take " + nameOf(missing)
                        + " with this request: it takes one as new as this proxy, or the Claude API, with ANTHROPIC_API_KEY set.");
    }

    private static String nameOf(Feature feature) {
        return switch (feature) {
            case TOOLS -> "tools";
            case IMAGES -> "images";
            case DOCUMENTS -> "documents";
            case SCHEMA -> "a schema for the answer";
        };
    }

    private String sentence() {
        if (connected.isEmpty()) {
            return "No agent is connected.";
        }
        String model = "the model \"" + request.model() + "\"";
        if (offering().isEmpty()) {
            return "None of the connected agents offers " + model + "; the --models of one would have to name it.";
        }
        if (are(AgentState.DRAINING)) {
            return "Every connected agent that offers " + model + " is draining: it only finishes what it has.";
        }
        if (are(AgentState.SUSPECT)) {
            return "Nothing was heard for a while from any connected agent that offers " + model + ".";
        }
        return "No other connected agent takes requests for " + model + " now.";
    }

    private boolean are(AgentState state) {
        return able().stream().allMatch(link -> link.state() == state);
    }

    private List<AgentLink> able() {
        return offering().stream()
                .filter(link -> link.profile().takes(request.needs()))
                .toList();
    }

    private List<AgentLink> offering() {
        return connected.stream()
                .filter(link -> link.profile().offers(request.model()))
                .toList();
    }
}
