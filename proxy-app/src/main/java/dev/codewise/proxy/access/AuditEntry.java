package dev.codewise.proxy.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One thing that was done. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AuditEntry(
        long id,
        Instant at,
        Actor actor,
        String action,
        String subject,
        @Nullable String detail) {}
