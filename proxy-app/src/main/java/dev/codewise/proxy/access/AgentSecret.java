package dev.codewise.proxy.access;

import dev.codewise.proxy.home.CodewiseHome;
import dev.codewise.proxy.home.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What agents present to be let in: given by the environment, or made at the first start and kept since. */
public final class AgentSecret {

    /** Where it came from at this start. */
    public enum Origin {
        ENVIRONMENT,
        MADE_NOW,
        KEPT
    }

    private static final String NAME = "agent-secret";

    private final Secret secret;
    private final Origin origin;
    private final @Nullable Path file;

    private AgentSecret(Secret secret, Origin origin, @Nullable Path file) {
        this.secret = secret;
        this.origin = origin;
        this.file = file;
    }

    static AgentSecret given(Secret secret) {
        return new AgentSecret(secret, Origin.ENVIRONMENT, null);
    }

    /** Refuses a file that somebody has emptied or shortened. */
    static AgentSecret keptIn(CodewiseHome home) throws IOException {
        CodewiseHome.Kept kept = home.secret(NAME);
        String place =
                "The agents' secret in " + kept.file() + " (delete it and a new one is made, or set AGENT_SECRET)";
        Secret secret = SecretRule.check(place, kept.secret());
        return new AgentSecret(secret, kept.fresh() ? Origin.MADE_NOW : Origin.KEPT, kept.file());
    }

    /** Takes as long for a near miss as for a far one. */
    public boolean matches(String presented) {
        return secret.matches(presented);
    }

    public Origin origin() {
        return origin;
    }

    /** Where it is kept, unless the environment gives it. */
    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    /** For the one line that connects an agent. */
    public Secret value() {
        return secret;
    }
}
