package dev.codewise.proxy.agent;

import dev.codewise.proxy.agent.reply.ReplyChannel;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.stream.Stream;

/** The fleet in numbers. */
final class AgentMetrics implements MeterBinder {

    private final AgentManager agents;
    private final ReplyChannel replies;
    private final WaitingLine line;

    AgentMetrics(AgentManager agents, ReplyChannel replies, WaitingLine line) {
        this.agents = agents;
        this.replies = replies;
        this.line = line;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Stream.of(AgentState.ACTIVE, AgentState.SUSPECT, AgentState.DRAINING).forEach(state -> count(state, registry));
        Gauge.builder("codewise.agents.left.alone", agents, AgentManager::leftAlone)
                .description("Connected agents that are skipped for a while, because they failed or met a limit")
                .register(registry);
        Gauge.builder("codewise.requests.pending", replies, ReplyChannel::open)
                .description("Requests that an agent works on")
                .register(registry);
        Gauge.builder("codewise.requests.queued", line, WaitingLine::length)
                .description("Requests that wait for a free slot")
                .register(registry);
        Gauge.builder("codewise.requests.queue.limit", line, WaitingLine::limit)
                .description("How many requests may wait for a free slot")
                .register(registry);
    }

    private void count(AgentState state, MeterRegistry registry) {
        Gauge.builder("codewise.agents", agents, all -> all.inState(state))
                .description("Agents that are connected, by what can be expected of them")
                .tag("state", state.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }
}
