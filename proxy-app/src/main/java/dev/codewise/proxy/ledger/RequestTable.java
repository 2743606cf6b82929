package dev.codewise.proxy.ledger;

import dev.codewise.proxy.ledger.Usages.Tokens;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;

/** Finds entries of the ledger. */
final class RequestTable {

    private static final String FIND = """
            select * from ledger_entry
            where started_at >= :from and started_at < :to and (started_at, id) < (:at, :after)
            """;
    private static final String NEWEST_FIRST = " order by started_at desc, id desc limit :limit";

    private final DatabaseClient client;

    RequestTable(DatabaseClient client) {
        this.client = client;
    }

    /** The newest first, and one more than is wanted where there is one. */
    Flux<LedgerEntry> find(Search search) {
        var entries = client.sql(FIND + search.conditions() + NEWEST_FIRST)
                .bind("from", search.period().from())
                .bind("to", search.period().to())
                .bind("at", search.cursor().startedAt())
                .bind("after", search.cursor().id())
                .bind("limit", search.limit() + 1)
                .bindValues(search.wanted())
                .map(RequestTable::read);
        return new LongStatement(client).run(entries.all());
    }

    private static LedgerEntry read(Readable row) {
        return new LedgerEntry(
                text(row, "id"),
                time(row, "started_at"),
                row.get("first_piece_at", Instant.class),
                time(row, "ended_at"),
                row.get("key_id", String.class),
                row.get("owner", String.class),
                row.get("surface", String.class),
                text(row, "asked_model"),
                row.get("model", String.class),
                row.get("provider", String.class),
                row.get("agent", String.class),
                text(row, "outcome"),
                row.get("finish_reason", String.class),
                row.get("retries", Integer.class),
                tokens(row),
                row.get("cost_usd", BigDecimal.class));
    }

    private static @Nullable Tokens tokens(Readable row) {
        return row.get("input_tokens", Long.class) == null
                ? null
                : new Tokens(
                        count(row, "input_tokens"),
                        count(row, "output_tokens"),
                        count(row, "cache_read_tokens"),
                        count(row, "cache_write_tokens"),
                        count(row, "reasoning_tokens"));
    }

    private static long count(Readable row, String name) {
        return Objects.requireNonNull(row.get(name, Long.class));
    }

    private static String text(Readable row, String name) {
        return Objects.requireNonNull(row.get(name, String.class));
    }

    private static Instant time(Readable row, String name) {
        return Objects.requireNonNull(row.get(name, Instant.class));
    }
}
