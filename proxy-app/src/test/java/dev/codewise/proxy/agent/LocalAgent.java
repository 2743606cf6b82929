package dev.codewise.proxy.agent;

import dev.codewise.protocol.ProxyEvent;
import dev.codewise.protocol.ProxyEvent.RunRequest;
import dev.codewise.protocol.RunError;
import dev.codewise.protocol.RunErrorCode;
import dev.codewise.protocol.RunFinish;
import dev.codewise.protocol.RunMessage;
import dev.codewise.protocol.RunMessage.Chunk;
import dev.codewise.protocol.RunMessage.Complete;
import dev.codewise.protocol.RunMessage.Failed;
import dev.codewise.protocol.RunToolCall;
import dev.codewise.proxy.agent.reply.Delivery;
import dev.codewise.proxy.agent.reply.Delivery.Verdict;
import dev.codewise.proxy.agent.reply.ReplyChannel;
import dev.codewise.proxy.agent.reply.Sender;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An agent of a {@link LocalFleet}: takes what it is sent, and answers when it is told to. */
final class LocalAgent {

    private final AgentLink link;
    private final ReplyChannel replies;
    private final List<String> unanswered = new CopyOnWriteArrayList<>();
    private final List<RunRequest> taken = new CopyOnWriteArrayList<>();
    private volatile Consumer<String> habit = requestId -> {};

    LocalAgent(AgentProfile profile, ReplyChannel replies) {
        this.link = new AgentLink(profile, "c_" + profile.id(), Instant.EPOCH);
        this.replies = replies;
        link.events().subscribe(this::heard);
    }

    AgentLink link() {
        return link;
    }

    /** What it does with each request from now on, as soon as it has it. */
    LocalAgent always(Consumer<String> what) {
        habit = what;
        return this;
    }

    private void heard(ProxyEvent event) {
        if (event instanceof RunRequest request) {
            taken.add(request);
            unanswered.add(request.requestId());
            habit.accept(request.requestId());
        }
    }

    /** The newest request, whatever became of it. */
    RunRequest last() {
        return taken.get(taken.size() - 1);
    }

    List<String> unanswered() {
        return List.copyOf(unanswered);
    }

    void answersAll(String text) {
        unanswered().forEach(requestId -> {
            says(requestId, text);
            finishes(requestId);
        });
    }

    Optional<Verdict> says(String requestId, String text) {
        return posts(new Chunk(requestId, null, text));
    }

    Optional<Verdict> finishes(String requestId) {
        unanswered.remove(requestId);
        return posts(new Complete(requestId, null, null, null, null, null, null));
    }

    /** Ends its answer with calls of tools, and says that it waits so long for what comes of them. */
    void calls(String requestId, String callId, long parkedForMs) {
        unanswered.remove(requestId);
        posts(new Chunk(requestId, null, "", null, new RunToolCall(0, callId, "look", "{}")));
        posts(new Complete(requestId, null, RunFinish.TOOL_CALLS, null, null, null, null, null, parkedForMs));
    }

    Optional<Verdict> fails(String requestId, RunErrorCode code) {
        return fails(requestId, code, null);
    }

    Optional<Verdict> fails(String requestId, RunErrorCode code, @Nullable Long retryAfterMs) {
        unanswered.remove(requestId);
        return posts(new Failed(requestId, null, new RunError(code, "It failed.", null, retryAfterMs)));
    }

    /** Posts for a request that may be another's, or nobody's. */
    void forges(String requestId, String text) {
        if (!unanswered.contains(requestId)) {
            posts(new Chunk(requestId, null, text));
        }
    }

    /** What became of it; nothing yet where its client has not taken it. */
    private Optional<Verdict> posts(RunMessage message) {
        return Optional.ofNullable(
                replies.deliver(new Sender(link.id(), link.profile().instance()), message)
                        .map(Delivery::verdict)
                        .toFuture()
                        .getNow(null));
    }
}
