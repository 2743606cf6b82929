package dev.codewise.proxy.access;

import static dev.codewise.proxy.access.KeyTable.text;

import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The rows of agents' tokens, of which only the hash is kept. */
final class TokenTable {

    /** Each is held in memory, so there is an end to them. */
    static final int MOST = 10_000;

    private static final String HELD = """
            select t.*, o.name as owner from agent_token t join owner o on o.id = t.owner_id
            where t.revoked_at is null and coalesce(t.expires_at > now(), true)
            """;

    private static final String SHOWN = """
            select t.*, o.name as owner from agent_token t join owner o on o.id = t.owner_id
            """;

    private static final String INSERT = """
            with holder as (
                insert into owner (name) values (:owner)
                on conflict (name) do update set name = excluded.name returning id
            )
            insert into agent_token (id, agent_id, owner_id, name, pool, expires_at, hash)
            select :id, :agentId, holder.id, :name, :pool, :expiresAt, :hash from holder
            where (select count(*) from agent_token where revoked_at is null) < :most
            """;

    /** Of a token that is of no use any more the agent's id is free again. */
    private static final String OTHER_OWNER = """
            select exists (
                select from agent_token t join owner o on o.id = t.owner_id
                where t.agent_id = :agentId and o.name <> :owner
                and t.revoked_at is null and coalesce(t.expires_at > now(), true))
            """;

    private static final String UPDATE = """
            update agent_token set name = :name, pool = :pool, expires_at = :expiresAt, version = version + 1
            where id = :id and version = :version and revoked_at is null
            """;

    private static final String REVOKE = """
            update agent_token set revoked_at = now(), version = version + 1 where id = :id and revoked_at is null
            """;

    private final DatabaseClient client;

    TokenTable(DatabaseClient client) {
        this.client = client;
    }

    /** Every token that is good now, by the name of its agent. */
    Flux<HeldKey<Badge>> held() {
        return client.sql(HELD).map(TokenTable::readHeld).all();
    }

    Mono<AgentToken> find(String id) {
        return client.sql(SHOWN + "where t.id = :id")
                .bind("id", id)
                .map(TokenTable::read)
                .one();
    }

    /** The newest first. */
    Flux<AgentToken> all() {
        return client.sql(SHOWN + "order by t.created_at desc, t.id limit " + MOST)
                .map(TokenTable::read)
                .all();
    }

    /** Until the transaction is over nobody else makes or changes tokens of that agent. */
    Mono<Void> lock(String agentId) {
        return client.sql("select pg_advisory_xact_lock(hashtext(:agentId))")
                .bind("agentId", agentId)
                .then();
    }

    /** Whether the agent is somebody else's. */
    Mono<Boolean> isOfAnother(String agentId, String owner) {
        return client.sql(OTHER_OWNER)
                .bind("agentId", agentId)
                .bind("owner", owner)
                .map(row -> Boolean.TRUE.equals(row.get(0, Boolean.class)))
                .one();
    }

    /** False where there are too many already. */
    Mono<Boolean> insert(String id, KeyText token, String owner, TokenTraits traits) {
        return KeyTable.wrote(bound(client.sql(INSERT), traits)
                .bind("id", id)
                .bind("agentId", token.id())
                .bind("owner", owner)
                .bind("most", MOST)
                .bind("hash", token.hash().toBytes()));
    }

    /** False where it is not of this version any more, or revoked. */
    Mono<Boolean> update(String id, int version, TokenTraits traits) {
        return KeyTable.wrote(bound(client.sql(UPDATE), traits).bind("id", id).bind("version", version));
    }

    Mono<Boolean> revoke(String id) {
        return KeyTable.wrote(client.sql(REVOKE).bind("id", id));
    }

    private static DatabaseClient.GenericExecuteSpec bound(DatabaseClient.GenericExecuteSpec sql, TokenTraits traits) {
        return sql.bind("name", traits.name())
                .bind("pool", traits.pool())
                .bind("expiresAt", Parameters.in(R2dbcType.TIMESTAMP_WITH_TIME_ZONE, traits.expiresAt()));
    }

    private static HeldKey<Badge> readHeld(Readable row) {
        AgentToken token = read(row);
        var badge = new Badge(token.id(), token.agentId(), token.owner(), token.pool());
        return new HeldKey<>(token.agentId(), KeyTable.hash(row), badge, token.expiresAt(), KeyLimits.NONE);
    }

    private static AgentToken read(Readable row) {
        return new AgentToken(
                text(row, "id"),
                text(row, "agent_id"),
                text(row, "owner"),
                text(row, "name"),
                Boolean.TRUE.equals(row.get("pool", Boolean.class)),
                Objects.requireNonNull(row.get("created_at", Instant.class)),
                row.get("expires_at", Instant.class),
                row.get("revoked_at", Instant.class),
                Objects.requireNonNull(row.get("version", Integer.class)));
    }
}
