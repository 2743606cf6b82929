package dev.codewise.proxy.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One agent as its operator sees it; no slots means as many as come, no models all of them. It gets no new request while it is
 * not active, nor, where others can take it, while it is left alone.
 *
 * @param owner whose agent it is; nobody's in particular where it shares its secret with others
 * @param pool whether it works for everybody, and not only for its owner
 */
record AgentStatus(
        String id,
        String state,
        @Nullable Long leftAloneForSeconds,
        Instant connectedSince,
        Instant lastActivity,
        int running,
        @Nullable Integer slots,
        List<String> models,
        int protocolLevel,
        @Nullable String version,
        @Nullable String cliVersion,
        @Nullable String owner,
        boolean pool) {

    static AgentStatus of(AgentLink link, Duration leftAlone) {
        AgentProfile profile = link.profile();
        return new AgentStatus(
                profile.id(),
                link.state().name().toLowerCase(Locale.ROOT),
                leftAlone.isZero() ? null : 1 + leftAlone.minusNanos(1).toSeconds(),
                link.connectedAt(),
                link.work().lastActivity(),
                link.work().running(),
                profile.slots(),
                profile.models(),
                profile.speaksLevel1() ? 1 : 0,
                profile.version(),
                profile.cliVersion(),
                link.badge().owner(),
                link.badge().pool());
    }
}
