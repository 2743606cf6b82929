package dev.codewise.proxy.completion;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * For whom something is asked.
 *
 * @param keyId the key that was presented, where it is one that was made here
 * @param models the only ones that may be asked; none for every one
 */
public record Client(@Nullable String keyId, String owner, Set<String> models) {

    public Client {
        models = Set.copyOf(models);
    }

    /** Somebody of whom nothing else is known. */
    public static Client named(String owner) {
        return new Client(null, owner, Set.of());
    }
}
