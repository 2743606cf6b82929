package dev.codewise.proxy.access;

import java.util.Optional;
import java.util.function.Function;

/** Knows which badges are good. */
public final class Badges {

    private final Function<String, Optional<Badge>> lock;
    private final KeyRing<Badge> ring;

    Badges(AgentSecret secret, KeyRing<Badge> ring) {
        this.lock = presented -> secret.matches(presented) ? Optional.of(Badge.SHARED) : ring.find(presented);
        this.ring = ring;
    }

    /** Whose badge this is; refuses where it may be a token that the database has not told yet. */
    Optional<Badge> shown(String presented) {
        Optional<Badge> badge = lock.apply(presented);
        if (badge.isEmpty() && ring.mayHold(presented)) {
            throw FrontDoor.tokensUnsettled();
        }
        return badge;
    }

    /** How a badge is by now; nothing where it is not good any more. */
    public Optional<Badge> now(Badge badge) {
        return badge.tokenId() == null || badge.agentId() == null
                ? Optional.of(badge)
                : ring.holders(badge.agentId())
                        .filter(held -> held.isOf(badge.tokenId()))
                        .findFirst();
    }
}
