package dev.codewise.proxy.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What may be told of a key: everything but its secret. Whoever changes it says which version they have seen. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApiKey(
        String id,
        String owner,
        String name,
        List<String> scopes,
        List<String> models,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable Instant lastUsedAt,
        @Nullable KeyLimits limits,
        int version) {

    public ApiKey {
        scopes = List.copyOf(scopes);
        models = List.copyOf(models);
    }

    boolean isRevoked() {
        return revokedAt != null;
    }
}
