package dev.codewise.proxy.access;

import dev.codewise.proxy.home.Secret;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether {@code /v1} and {@code /api} ask for a key; without one nobody but this machine may come in. */
public final class FrontDoor {

    private final @Nullable Secret apiKey;
    private final LocalHosts hosts;

    private FrontDoor(@Nullable Secret apiKey, LocalHosts hosts) {
        this.apiKey = apiKey;
        this.hosts = hosts;
    }

    /** Refuses one key for both doors. */
    static FrontDoor behind(AgentSecret agentSecret, AccessProperties properties) {
        Secret apiKey = properties.apiKey();
        if (apiKey != null && agentSecret.matches(apiKey.reveal())) {
            throw new IllegalArgumentException(
                    "CODEWISE_API_KEY and the agents' secret are the same: whoever may ask could"
                            + " connect an agent and answer for others. Make CODEWISE_API_KEY another one.");
        }
        return new FrontDoor(apiKey, new LocalHosts(properties.publishedAddress()));
    }

    /** Refuses to stand open to other machines. */
    static void requireLocal(String address) {
        if (!LocalHosts.isLoopback(address)) {
            throw new IllegalArgumentException("Without a CODEWISE_API_KEY everybody who reaches " + address
                    + " could use this proxy. Set CODEWISE_API_KEY, or BIND_ADDRESS=127.0.0.1; in a container set"
                    + " PUBLISHED_ADDRESS to the address on which its port is published.");
        }
    }

    public boolean asksForKey() {
        return apiKey != null;
    }

    /** Whether a request with these {@code Host} headers may come as far as the question for a key. */
    boolean admits(List<String> hostHeaders) {
        return asksForKey() || hosts.admit(hostHeaders);
    }

    boolean opensFor(String presented) {
        return Optional.ofNullable(apiKey).filter(key -> key.matches(presented)).isPresent();
    }
}
