package dev.codewise.proxy.agent;

import dev.codewise.protocol.Protocol;
import dev.codewise.protocol.ProxyEvent.RunRequest;
import dev.codewise.protocol.RunParameters;
import dev.codewise.protocol.RunTurn;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.Wishes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One request as agents are asked it: the same question to each of them, and of its wishes those that this one heeds. */
final class Errand {

    private final CompletionRequest request;
    private final List<RunTurn> turns;
    private final ToolWording tools;
    private final @Nullable Map<String, Object> schema;
    private final AgentProperties times;

    private Errand(CompletionRequest request, AgentProperties times) {
        JsonNode wished = request.wishes().schema();
        this.request = request;
        this.turns = request.turns().stream().map(PartWording::of).toList();
        this.tools = new ToolWording(request.toolbox());
        this.schema = wished == null ? null : ToolWording.schema(wished);
        this.times = times;
    }

    /** Fails where it is larger than any agent takes. */
    static Errand of(CompletionRequest request, AgentProperties times) {
        var errand = new Errand(request, times);
        if (EventSize.of(errand.with(Tuning.everything(request.wishes()), request.id())) > Protocol.MAX_REQUEST_BYTES) {
            throw tooLarge();
        }
        return errand;
    }

    private static CompletionException tooLarge() {
        return new CompletionException(
                Reason.REQUEST_TOO_LARGE,
                "Agents take requests of up to " + Protocol.MAX_REQUEST_BYTES
                        + " bytes, as JSON and all in all; this one" + " is larger.");
    }

    CompletionRequest request() {
        return request;
    }

    /** As this agent is asked it; it may still hold the process of an earlier request. */
    RunRequest to(AgentProfile agent, @Nullable String continues) {
        return with(Tuning.of(request, agent), continues);
    }

    private RunRequest with(Tuning tuning, @Nullable String continues) {
        return new RunRequest(
                request.id(),
                1,
                request.model(),
                true,
                request.system(),
                turns,
                parameters(tuning),
                times.replyTimeout().toMillis(),
                times.maxDuration().toMillis(),
                1L,
                continues);
    }

    private RunParameters parameters(Tuning tuning) {
        return new RunParameters(
                request.wishes().maxTokens(),
                tuning.sampling().temperature(),
                tuning.sampling().topP(),
                tuning.stopOrNone(),
                tuning.runEffort(),
                schema,
                tools.tools(),
                tools.choice(),
                tools.parallel());
    }

    Set<Wishes.Kind> unheededBy(AgentProfile agent) {
        return Tuning.of(request, agent).unheeded(request);
    }
}
