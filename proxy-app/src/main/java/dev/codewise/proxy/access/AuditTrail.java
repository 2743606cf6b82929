package dev.codewise.proxy.access;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What was changed here, by whom, when and from where; added to, and never changed. */
public final class AuditTrail {

    private static final String INSERT = """
            insert into audit_entry (actor, actor_key, address, action, subject, detail)
            values (:actor, :actorKey, :address, :action, :subject, :detail)
            """;

    private static final String NEWEST = """
            select * from audit_entry where id < :before order by id desc limit :most
            """;

    private final DatabaseClient client;

    AuditTrail(DatabaseClient client) {
        this.client = client;
    }

    /** Within the transaction of what is noted, so that there is no one without the other. */
    public Mono<Void> note(Actor actor, String action, String subject, @Nullable String detail) {
        return client.sql(INSERT)
                .bind("actor", actor.name())
                .bind("actorKey", text(actor.keyId()))
                .bind("address", text(actor.address()))
                .bind("action", action)
                .bind("subject", subject)
                .bind("detail", text(detail))
                .then();
    }

    private static Parameter text(@Nullable String value) {
        return Parameters.in(R2dbcType.VARCHAR, value);
    }

    /** The newest first, of those that are older. */
    Flux<AuditEntry> before(long id, int most) {
        return client.sql(NEWEST)
                .bind("before", id)
                .bind("most", most)
                .map(AuditTrail::read)
                .all();
    }

    private static AuditEntry read(Readable row) {
        return new AuditEntry(
                Objects.requireNonNull(row.get("id", Long.class)),
                Objects.requireNonNull(row.get("at", Instant.class)),
                new Actor(
                        Objects.requireNonNull(row.get("actor", String.class)),
                        row.get("actor_key", String.class),
                        row.get("address", String.class)),
                Objects.requireNonNull(row.get("action", String.class)),
                Objects.requireNonNull(row.get("subject", String.class)),
                row.get("detail", String.class));
    }
}
