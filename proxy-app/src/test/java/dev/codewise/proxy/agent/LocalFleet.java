package dev.codewise.proxy.agent;

import dev.codewise.protocol.AgentFeature;
import dev.codewise.proxy.agent.reply.InMemoryReplyChannel;
import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.Origins;
import dev.codewise.proxy.completion.Turn;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The whole routing of the proxy with agents that live in the test, so that nothing takes any time; its clock stands still. */
final class LocalFleet {

    private static final LinkProperties LINK = new LinkProperties(
            Duration.ofSeconds(15),
            Duration.ofSeconds(45),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60));

    private final AgentDirectory directory = new InMemoryAgentDirectory();
    private final InMemoryReplyChannel replies = new InMemoryReplyChannel(this::now);
    private final CoolDowns coolDowns = new CoolDowns(this::now);
    private final Conversations conversations = new Conversations();
    private final AgentManager agents = new AgentManager(directory, coolDowns);
    private final List<LocalAgent> connected = new CopyOnWriteArrayList<>();
    private final WaitingLine line;
    private final RemoteAgentProvider provider;
    private long now;

    LocalFleet(int queueLimit, Duration queueWait) {
        line = new WaitingLine(agents, queueLimit, queueWait);
        var times = new AgentProperties(
                Duration.ofSeconds(120), Duration.ofMinutes(30), queueLimit, queueWait, Duration.ofSeconds(30));
        provider = new RemoteAgentProvider(
                line, replies, new Experience(conversations, coolDowns, new ParkedRuns(this::now)), times, LINK);
    }

    private long now() {
        return now;
    }

    void passes(Duration time) {
        now += time.toNanos();
    }

    RemoteAgentProvider provider() {
        return provider;
    }

    CoolDowns coolDowns() {
        return coolDowns;
    }

    Conversations conversations() {
        return conversations;
    }

    int running() {
        return agents.running();
    }

    int pending() {
        return replies.open();
    }

    int queued() {
        return line.length();
    }

    LocalAgent connect(String id) {
        return connect(id, null);
    }

    LocalAgent connect(String id, @Nullable Integer slots, String... models) {
        return connect(new AgentProfile(id, slots, List.of(models), null, null));
    }

    /** One that can do everything, of this start. */
    LocalAgent connectAble(String id, String instance) {
        return connect(new AgentProfile(id, null, List.of(), null, null, instance, EnumSet.allOf(AgentFeature.class)));
    }

    private LocalAgent connect(AgentProfile profile) {
        var agent = new LocalAgent(profile, replies);
        directory.enter(agent.link());
        connected.add(agent);
        line.letIn();
        return agent;
    }

    LocalAgent agent(String id) {
        return connected.stream()
                .filter(agent -> agent.link().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    LocalAgent someAgent(Random random) {
        return connected.get(random.nextInt(connected.size()));
    }

    /** Its stream ends, from one moment to the next. */
    void loses(LocalAgent agent) {
        connected.remove(agent);
        directory.leave(agent.link());
        agent.link().close();
    }

    static CompletionRequest asks(String id, Turn... turns) {
        return new CompletionRequest(Origins.origin(id), "sonnet", "Be brief.", List.of(turns));
    }

    /** What becomes of the request; the events up to its end. */
    CompletableFuture<List<CompletionEvent>> ask(CompletionRequest request) {
        return provider.complete(request).collectList().toFuture();
    }

    /** A request that starts a conversation, answered at once with "Hello" by the agent whose name is returned. */
    String agentOfNew(String id) throws Exception {
        return agentOf(asks(id, Turn.user("Question " + id)));
    }

    /** Which agent the request goes to, and answers it with "Hello". */
    String agentOf(CompletionRequest request) throws Exception {
        var answer = ask(request);
        connected.forEach(agent -> agent.answersAll("Hello"));
        return answer.get(5, TimeUnit.SECONDS).stream()
                .filter(Taken.class::isInstance)
                .map(taken -> String.valueOf(((Taken) taken).by().agent()))
                .findFirst()
                .orElseThrow();
    }
}
