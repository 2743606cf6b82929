package dev.codewise.proxy.agent;

import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import java.util.List;

/** Why no agent can take a request, however long it waits; the most that can be said, so that somebody knows what to do. */
final class Absence {

    private final List<AgentLink> connected;
    private final SlotRequest request;

    Absence(List<AgentLink> connected, SlotRequest request) {
        this.connected = connected;
        this.request = request;
    }

    CompletionException failure() {
        return new CompletionException(Reason.PROVIDER_UNAVAILABLE, sentence());
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
        return offering().stream().allMatch(link -> link.state() == state);
    }

    private List<AgentLink> offering() {
        return connected.stream()
                .filter(link -> link.profile().offers(request.model()))
                .toList();
    }
}
