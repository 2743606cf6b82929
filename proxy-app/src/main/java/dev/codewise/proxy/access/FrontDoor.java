package dev.codewise.proxy.access;

import dev.codewise.proxy.home.Secret;
import dev.codewise.proxy.web.RequestRefused;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Mono;

/**
 * Whether {@code /v1} and {@code /api} ask for a key, and for which. Without any, in the environment and in the database, nobody but
 * this machine may come in; and as long as the database has not said that it has none, nobody at all.
 */
public final class FrontDoor {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final @Nullable Secret apiKey;
    private final KeyRing<Caller> ring;
    private final LocalHosts hosts;

    private FrontDoor(@Nullable Secret apiKey, KeyRing<Caller> ring, LocalHosts hosts) {
        this.apiKey = apiKey;
        this.ring = ring;
        this.hosts = hosts;
    }

    /** Refuses one key for both doors. */
    static FrontDoor behind(AgentSecret agentSecret, AccessProperties properties, KeyRing<Caller> ring) {
        Secret apiKey = properties.apiKey();
        if (apiKey != null && agentSecret.matches(apiKey.reveal())) {
            throw new IllegalArgumentException(
                    "CODEWISE_API_KEY and the agents' secret are the same: whoever may ask could"
                            + " connect an agent and answer for others. Make CODEWISE_API_KEY another one.");
        }
        return new FrontDoor(apiKey, ring, new LocalHosts(properties.publishedAddress()));
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
        return apiKey != null || ring.hasAny();
    }

    /** Whether a request with these {@code Host} headers may come as far as the question for a key. */
    boolean admits(List<String> hostHeaders) {
        return asksForKey() || hosts.admit(hostHeaders);
    }

    /** Completes once it is known whether it asks for a key, and refuses until then. */
    Mono<Void> settled() {
        return apiKey != null || ring.isKnown()
                ? Mono.empty()
                : ring.known().timeout(PATIENCE, Mono.error(FrontDoor::unsettled));
    }

    /** Who has this key; refuses where it may be one that the database has not told yet. */
    Optional<Caller> callerWith(String presented) {
        if (apiKey != null && apiKey.matches(presented)) {
            return Optional.of(Caller.OPERATOR);
        }
        if (ring.mayHold(presented)) {
            throw unsettled();
        }
        return ring.find(presented);
    }

    /** The same at the door of the agents. */
    static RequestRefused tokensUnsettled() {
        return new RequestRefused(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "The database has not answered since the start, and it holds the tokens of agents. Try again shortly.")
                .retryAfter(PATIENCE);
    }

    private static RequestRefused unsettled() {
        return new RequestRefused(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "The database has not answered since the start, and it may hold keys, so only CODEWISE_API_KEY would"
                                + " open this. Try again shortly, or set that variable.")
                .retryAfter(PATIENCE);
    }
}
