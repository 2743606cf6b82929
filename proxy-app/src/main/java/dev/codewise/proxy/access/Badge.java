package dev.codewise.proxy.access;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/**
 * By what leave an agent is here: the secret that many may share, or a token of its own.
 *
 * @param tokenId which token; nothing where it is the shared secret
 * @param agentId the only agent that may show it; nothing where every agent may
 * @param owner whose agent it is; nothing where it is nobody's in particular
 * @param pool whether it works for everybody, and not only for its owner
 */
public record Badge(
        @Nullable String tokenId,
        @Nullable String agentId,
        @Nullable String owner,
        boolean pool) {

    /** What the shared secret makes of an agent. */
    public static final Badge SHARED = new Badge(null, null, null, true);

    private static final String ATTRIBUTE = Badge.class.getName();

    /** What was shown with a request; the shared one where there is no door at which to show any. */
    public static Badge of(ServerWebExchange exchange) {
        return exchange.getAttributeOrDefault(ATTRIBUTE, SHARED);
    }

    void showOn(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }

    /** Whether it may be shown under these names, which need not be any. */
    boolean isFor(List<String> agentIds) {
        return agentId == null || agentIds.stream().allMatch(agentId::equals);
    }

    /** Whether its agent works for that owner. */
    public boolean serves(String client) {
        return pool || client.equals(owner);
    }

    boolean isOf(String token) {
        return token.equals(tokenId);
    }
}
