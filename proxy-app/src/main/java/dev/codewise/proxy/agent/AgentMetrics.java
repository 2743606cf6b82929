package dev.codewise.proxy.agent;

import dev.codewise.proxy.agent.reply.ReplyChannel;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

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
        Gauge.builder("codewise.agents.connected", agents, AgentManager::connected)
                .description("Agents that are connected")
                .register(registry);
        Gauge.builder("codewise.requests.pending", replies, ReplyChannel::open)
                .description("Requests that an agent works on")
                .register(registry);
        Gauge.builder("codewise.requests.queued", line, WaitingLine::length)
                .description("Requests that wait for a free slot")
                .register(registry);
    }
}
