package dev.codewise.proxy.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What may be told of an agent's token: everything but the token. Whoever changes it says which version they have seen. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AgentToken(
        String id,
        String agentId,
        String owner,
        String name,
        boolean pool,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        int version) {}
