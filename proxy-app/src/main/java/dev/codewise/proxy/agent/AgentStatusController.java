package dev.codewise.proxy.agent;

import dev.codewise.proxy.access.Caller;
import dev.codewise.proxy.access.Scope;
import dev.codewise.proxy.agent.reply.ReplyChannel;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** Tells who is connected and what waits; of others' agents only to who may give them orders. */
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
    FleetStatus status(ServerWebExchange exchange) {
        Caller caller = Caller.of(exchange);
        return new FleetStatus(
                directory.connected().stream()
                        .filter(link -> caller.may(Scope.ADMIN) || link.badge().serves(caller.owner()))
                        .map(link -> AgentStatus.of(link, coolDowns.left(link.id())))
                        .toList(),
                replies.open(),
                line.length());
    }

    /** The fleet at a glance: pending requests are with an agent, queued ones wait for a slot. */
    record FleetStatus(List<AgentStatus> agents, int pendingRequests, int queuedRequests) {}
}
