package dev.codewise.proxy.agent;

import dev.codewise.proxy.agent.reply.ReplyChannel;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells who is connected and what waits. */
@RestController
class AgentStatusController {

    private final AgentDirectory directory;
    private final ReplyChannel replies;
    private final WaitingLine line;

    AgentStatusController(AgentDirectory directory, ReplyChannel replies, WaitingLine line) {
        this.directory = directory;
        this.replies = replies;
        this.line = line;
    }

    @GetMapping("/api/agent/status")
    FleetStatus status() {
        return new FleetStatus(
                directory.connected().stream().map(AgentStatus::of).toList(), replies.open(), line.length());
    }

    /** The fleet at a glance: pending requests are with an agent, queued ones wait for a slot. */
    record FleetStatus(List<AgentStatus> agents, int pendingRequests, int queuedRequests) {}

    /** One agent; no slots means as many as come, no models all of them. */
    record AgentStatus(
            String id,
            String state,
            Instant connectedSince,
            Instant lastActivity,
            int running,
            @Nullable Integer slots,
            List<String> models,
            @Nullable String version,
            @Nullable String cliVersion) {

        static AgentStatus of(AgentLink link) {
            AgentProfile profile = link.profile();
            return new AgentStatus(
                    profile.id(),
                    "connected",
                    link.connectedAt(),
                    link.work().lastActivity(),
                    link.work().running(),
                    profile.slots(),
                    profile.models(),
                    profile.version(),
                    profile.cliVersion());
        }
    }
}
