package dev.codewise.proxy.access;

import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The rows of keys, of their secrets' hashes, and of those who own them. */
final class KeyTable {

    /** Each is held in memory, so there is an end to them. */
    static final int MOST = 10_000;

    private static final String HELD = """
            select k.id, o.name as owner, k.scopes, k.models, s.hash, least(k.expires_at, s.valid_until) as valid_until,
            """ + LimitColumns.NAMES + """
            from api_key_secret s join api_key k on k.id = s.key_id join owner o on o.id = k.owner_id
            where k.revoked_at is null and coalesce(least(k.expires_at, s.valid_until) > now(), true)
            """;

    private static final String SHOWN = """
            select k.*, o.name as owner, u.last_used_at
            from api_key k join owner o on o.id = k.owner_id left join api_key_use u on u.key_id = k.id
            """;

    private static final String INSERT = """
            with holder as (
                insert into owner (name) values (:owner)
                on conflict (name) do update set name = excluded.name returning id
            ), made as (
                insert into api_key (id, owner_id, name, scopes, models, expires_at,
            """ + LimitColumns.NAMES + """
                ) select :id, holder.id, :name, :scopes, :models, :expiresAt,
            """ + LimitColumns.VALUES + """
                from holder
                where (select count(*) from api_key where revoked_at is null) < :most
                returning id
            )
            insert into api_key_secret (key_id, hash) select id, :hash from made
            """;

    private static final String UPDATE = """
            update api_key set name = :name, scopes = :scopes, models = :models, expires_at = :expiresAt, version = version + 1,
            (""" + LimitColumns.NAMES + ") = (" + LimitColumns.VALUES + """
            )
            where id = :id and version = :version and revoked_at is null
            """;

    private static final String REVOKE = """
            update api_key set revoked_at = now(), version = version + 1 where id = :id and revoked_at is null
            """;

    /** Of those before there is one at most, or three would be good at once. */
    private static final String ROTATE = """
            with gone as (
                delete from api_key_secret where key_id = :id and valid_until is not null
            ), leaving as (
                update api_key_secret set valid_until = now() + make_interval(secs => :overlap)
                where key_id = :id and valid_until is null
            )
            insert into api_key_secret (key_id, hash)
            select id, :hash from api_key where id = :id and revoked_at is null
            """;

    private static final String USED = """
            insert into api_key_use (key_id, last_used_at) select * from unnest(:ids, cast(:times as timestamptz[]))
            on conflict (key_id) do update set last_used_at = greatest(api_key_use.last_used_at, excluded.last_used_at)
            """;

    private final DatabaseClient client;

    KeyTable(DatabaseClient client) {
        this.client = client;
    }

    /** A number that is another one after each change of what opens a door. */
    Mono<Long> changes() {
        return client.sql("select number from access_change")
                .map(row -> Objects.requireNonNull(row.get("number", Long.class)))
                .one();
    }

    /** Every secret that is good now. */
    Flux<HeldKey<Caller>> held() {
        return client.sql(HELD).map(KeyTable::readHeld).all();
    }

    /** Whether there ever was a key. */
    Mono<Boolean> hasAny() {
        return client.sql("select exists (select from api_key)")
                .map(row -> Boolean.TRUE.equals(row.get(0, Boolean.class)))
                .one();
    }

    Mono<ApiKey> find(String id) {
        return client.sql(SHOWN + "where k.id = :id")
                .bind("id", id)
                .map(KeyTable::read)
                .one();
    }

    /** So that nobody else changes it until the transaction is over. */
    Mono<ApiKey> findLocked(String id) {
        return client.sql(SHOWN + "where k.id = :id for update of k")
                .bind("id", id)
                .map(KeyTable::read)
                .one();
    }

    /** The newest first. */
    Flux<ApiKey> all() {
        return client.sql(SHOWN + "order by k.created_at desc, k.id limit " + MOST)
                .map(KeyTable::read)
                .all();
    }

    /** False where there are too many already. */
    Mono<Boolean> insert(KeyText key, String owner, KeyTraits traits) {
        return wrote(bound(client.sql(INSERT), traits)
                .bind("id", key.id())
                .bind("owner", owner)
                .bind("most", MOST)
                .bind("hash", key.hash().toBytes()));
    }

    /** False where it is not of this version any more, or revoked. */
    Mono<Boolean> update(String id, int version, KeyTraits traits) {
        return wrote(bound(client.sql(UPDATE), traits).bind("id", id).bind("version", version));
    }

    Mono<Boolean> revoke(String id) {
        return wrote(client.sql(REVOKE).bind("id", id));
    }

    /** False where the key is revoked. */
    Mono<Boolean> rotate(KeyText next, Duration overlap) {
        return wrote(client.sql(ROTATE)
                .bind("id", next.id())
                .bind("hash", next.hash().toBytes())
                .bind("overlap", (double) overlap.toSeconds()));
    }

    Mono<Void> used(List<String> ids, List<Instant> times) {
        return client.sql(USED)
                .bind("ids", ids.toArray(String[]::new))
                .bind("times", times.stream().map(Instant::toString).toArray(String[]::new))
                .then();
    }

    private static DatabaseClient.GenericExecuteSpec bound(DatabaseClient.GenericExecuteSpec sql, KeyTraits traits) {
        return LimitColumns.bind(sql, traits.limits())
                .bind("name", traits.name())
                .bind("scopes", traits.scopes().toArray(String[]::new))
                .bind("models", traits.models().toArray(String[]::new))
                .bind("expiresAt", Parameters.in(R2dbcType.TIMESTAMP_WITH_TIME_ZONE, traits.expiresAt()));
    }

    static Mono<Boolean> wrote(DatabaseClient.GenericExecuteSpec sql) {
        return sql.fetch().rowsUpdated().map(rows -> rows > 0);
    }

    private static HeldKey<Caller> readHeld(Readable row) {
        var id = text(row, "id");
        var caller = new Caller(id, text(row, "owner"), scopes(row), Set.copyOf(names(row, "models")));
        return new HeldKey<>(id, hash(row), caller, row.get("valid_until", Instant.class), LimitColumns.read(row));
    }

    static KeyHash hash(Readable row) {
        var kept = Objects.requireNonNull(row.get("hash", ByteBuffer.class));
        byte[] bytes = new byte[kept.remaining()];
        kept.get(bytes);
        return KeyHash.kept(bytes);
    }

    /** A scope of a later version opens nothing here. */
    private static Set<Scope> scopes(Readable row) {
        return names(row, "scopes").stream()
                .flatMap(name -> Scope.of(name).stream())
                .collect(Collectors.toSet());
    }

    private static List<String> names(Readable row, String column) {
        String @Nullable [] names = row.get(column, String[].class);
        return List.of(Objects.requireNonNull(names));
    }

    private static ApiKey read(Readable row) {
        var limits = LimitColumns.read(row);
        return new ApiKey(
                text(row, "id"),
                text(row, "owner"),
                text(row, "name"),
                names(row, "scopes"),
                names(row, "models"),
                Objects.requireNonNull(row.get("created_at", Instant.class)),
                row.get("expires_at", Instant.class),
                row.get("revoked_at", Instant.class),
                row.get("last_used_at", Instant.class),
                limits.areNone() ? null : limits,
                Objects.requireNonNull(row.get("version", Integer.class)));
    }

    static String text(Readable row, String column) {
        @Nullable String text = row.get(column, String.class);
        return Objects.requireNonNull(text);
    }
}
