package dev.codewise.proxy.agent;

import dev.codewise.proxy.agent.reply.ReplyChannel;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells who is connected and what waits. */
@RestController
class AgentStatusController {

    private final AgentDirectory directory;
    private final CoolDowns coolDowns;
    private final ReplyChannel replies;
    private final WaitingLine line;

    AgentStatusController(AgentDirectory directory, CoolDowns coolDowns, ReplyChannel replies, WaitingLine line) {
        this.directory = directory;
        this.coolDowns = coolDowns;
        this.replies = replies;
        this.line = line;
    }

    @GetMapping("/api/agent/status")
    FleetStatus status() {
        return new FleetStatus(
                directory.connected().stream()
                        .map(link -> AgentStatus.of(link, coolDowns.left(link.id())))
                        .toList(),
                replies.open(),
                line.length());
    }

    /** The fleet at a glance: pending requests are with an agent, queued ones wait for a slot. */
    record FleetStatus(List<AgentStatus> agents, int pendingRequests, int queuedRequests) {}
}
