package dev.codewise.proxy.admin;

import dev.codewise.proxy.admin.SettingsRow.Sealed;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** The one row of settings, and the secrets beside it. */
final class SettingsTable {

    /** Under which the key of the account at the Claude API is kept, and sealed. */
    static final String ANTHROPIC_API_KEY = "anthropicApiKey";

    private static final String READ = """
            select s.version, s.chosen::text as chosen, s.changed_at, k.sealed, k.changed_at as sealed_at
            from setting s left join setting_secret k on k.name = :name
            """;

    private static final String UPDATE = """
            update setting set chosen = cast(:chosen as jsonb), version = version + 1, changed_at = now()
            where version = :version
            """;

    private static final String SEAL = """
            insert into setting_secret (name, sealed) values (:name, :sealed)
            on conflict (name) do update set sealed = excluded.sealed, changed_at = now()
            """;

    private final DatabaseClient client;

    SettingsTable(DatabaseClient client) {
        this.client = client;
    }

    Mono<Integer> version() {
        return client.sql("select version from setting")
                .map(row -> Objects.requireNonNull(row.get("version", Integer.class)))
                .one();
    }

    Mono<SettingsRow> read() {
        return client.sql(READ)
                .bind("name", ANTHROPIC_API_KEY)
                .map(SettingsTable::row)
                .one();
    }

    /** False where they are not of this version any more. */
    Mono<Boolean> update(int version, String chosen) {
        return client.sql(UPDATE)
                .bind("chosen", chosen)
                .bind("version", version)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows > 0);
    }

    Mono<Void> seal(String name, String sealed) {
        return client.sql(SEAL).bind("name", name).bind("sealed", sealed).then();
    }

    Mono<Void> forget(String name) {
        return client.sql("delete from setting_secret where name = :name")
                .bind("name", name)
                .then();
    }

    private static SettingsRow row(Readable row) {
        return new SettingsRow(
                Objects.requireNonNull(row.get("version", Integer.class)),
                Objects.requireNonNull(row.get("chosen", String.class)),
                Objects.requireNonNull(row.get("changed_at", Instant.class)),
                sealed(row));
    }

    private static @Nullable Sealed sealed(Readable row) {
        String text = row.get("sealed", String.class);
        return text == null ? null : new Sealed(text, Objects.requireNonNull(row.get("sealed_at", Instant.class)));
    }
}
