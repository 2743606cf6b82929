package dev.codewise.proxy.openai.responses;

import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The rows, one per response that is kept. */
final class ResponseTable {

    private static final String INSERT = """
            insert into stored_response (id, owner, previous_id, created_at, input, response, output, pieces)
            values (:id, :owner, :previousId, :createdAt, :input, :response, :output, :pieces)
            on conflict (id) do nothing
            """;

    /**
     * Stops at the first row that is too much, so that its caller sees a beginning that is not there. Of the rows it reads what was
     * said, once their sizes are known, and nothing else: the other columns may be as large again.
     */
    private static final String CONVERSATION = """
            with recursive conversation as (
                select id, previous_id, 1 as depth, octet_length(input)::bigint + octet_length(output) as size
                from stored_response where id = :id and coalesce(owner, :owner) = :owner
                union all
                select before.id, before.previous_id, depth + 1,
                       size + octet_length(before.input) + octet_length(before.output)
                from stored_response before join conversation on before.id = conversation.previous_id
                where depth < :most and size <= :largest
            )
            select said.id, said.previous_id, said.input, said.output
            from conversation join stored_response said on said.id = conversation.id
            where size <= :largest order by depth desc
            """;

    private static final String DELETE_OLD = """
            delete from stored_response where id in (
                select id from stored_response where created_at < :before order by created_at limit :most)
            """;

    private final DatabaseClient client;

    ResponseTable(DatabaseClient client) {
        this.client = client;
    }

    Mono<Void> insert(StoredResponse response) {
        return client.sql(INSERT)
                .bind("id", response.id())
                .bind("owner", Parameters.in(R2dbcType.VARCHAR, response.owner()))
                .bind("previousId", Parameters.in(R2dbcType.VARCHAR, response.previousId()))
                .bind("createdAt", response.createdAt())
                .bind("input", response.input())
                .bind("response", response.response())
                .bind("output", response.output())
                .bind("pieces", response.pieces())
                .then();
    }

    Mono<StoredResponse> find(OwnedId id) {
        return of(id, "select * from stored_response where id = :id and coalesce(owner, :owner) = :owner")
                .map(ResponseTable::read)
                .one();
    }

    /** The response and those before it, the first one first, as far as they are kept and no more than this. */
    Flux<Exchange> conversation(OwnedId id, int most, long largest) {
        return of(id, CONVERSATION)
                .bind("most", most)
                .bind("largest", largest)
                .map(ResponseTable::readExchange)
                .all();
    }

    Mono<Boolean> delete(OwnedId id) {
        return of(id, "delete from stored_response where id = :id and coalesce(owner, :owner) = :owner")
                .fetch()
                .rowsUpdated()
                .map(rows -> rows > 0);
    }

    /** What is nobody's in particular is anybody's who knows its name. */
    private DatabaseClient.GenericExecuteSpec of(OwnedId id, String sql) {
        return client.sql(sql).bind("id", id.id()).bind("owner", id.owner());
    }

    /** How many of the oldest were deleted. */
    Mono<Long> deleteBefore(Instant before, int most) {
        return client.sql(DELETE_OLD)
                .bind("before", before)
                .bind("most", most)
                .fetch()
                .rowsUpdated();
    }

    private static StoredResponse read(Readable row) {
        return new StoredResponse(
                text(row, "id"),
                row.get("owner", String.class),
                row.get("previous_id", String.class),
                Objects.requireNonNull(row.get("created_at", Instant.class)),
                text(row, "input"),
                text(row, "response"),
                text(row, "output"),
                text(row, "pieces"));
    }

    private static Exchange readExchange(Readable row) {
        return new Exchange(
                text(row, "id"), row.get("previous_id", String.class), text(row, "input"), text(row, "output"));
    }

    private static String text(Readable row, String column) {
        @Nullable String text = row.get(column, String.class);
        return Objects.requireNonNull(text);
    }
}
