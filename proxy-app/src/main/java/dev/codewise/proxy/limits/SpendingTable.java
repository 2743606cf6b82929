package dev.codewise.proxy.limits;

import dev.codewise.proxy.completion.Usage;
import dev.codewise.proxy.prices.Prices;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** What keys have spent, by the rows of the ledger. */
final class SpendingTable {

    /**
     * What has no cost is told by its tokens, since it counts as the dearest there is. Nothing takes as long as a day, and by their
     * beginnings the rows are found.
     */
    private static final String SPENT = """
            select asked.id, ended_at >= cast(:day as timestamptz) as today,
                   sum(coalesce(input_tokens, 0) + coalesce(cache_read_tokens, 0) + coalesce(cache_write_tokens, 0)
                       + coalesce(output_tokens, 0)) as tokens,
                   sum(coalesce(cost_usd, 0)) as usd,
                   sum(coalesce(input_tokens, 0)) filter (where cost_usd is null) as input,
                   sum(coalesce(output_tokens, 0)) filter (where cost_usd is null) as output,
                   sum(coalesce(cache_read_tokens, 0)) filter (where cost_usd is null) as cache_read,
                   sum(coalesce(cache_write_tokens, 0)) filter (where cost_usd is null) as cache_write
            from unnest(cast(:ids as text[]), cast(:until as timestamptz[])) as asked (id, until)
            join ledger_entry on key_id = asked.id and ended_at < asked.until
            where ended_at >= cast(:month as timestamptz)
                  and started_at >= cast(:month as timestamptz) - interval '1 day'
            group by 1, 2
            """;

    /** What a key has spent on that day, or on the days of its month before it. */
    private record Row(String keyId, boolean today, Amount amount) {

        Spent spent() {
            return new Spent(today ? amount : Amount.NOTHING, amount);
        }
    }

    private final DatabaseClient client;
    private final Prices prices;

    SpendingTable(DatabaseClient client, Prices prices) {
        this.client = client;
        this.prices = prices;
    }

    /** What each of them had spent, on that day and in its month, before it was counted here; nothing is said of who had not. */
    Mono<Map<String, Spent>> spentBefore(Collection<Account> accounts, Instant now) {
        return client.sql(SPENT)
                .bind("ids", accounts.stream().map(Account::keyId).toArray(String[]::new))
                .bind("until", opened(accounts))
                .bind("day", Spell.DAY.beginning(now).toString())
                .bind("month", Spell.MONTH.beginning(now).toString())
                .map(this::read)
                .all()
                .collect(HashMap::new, (spent, row) -> spent.merge(row.keyId, row.spent(), Spent::plus));
    }

    private static String[] opened(Collection<Account> accounts) {
        return accounts.stream().map(account -> account.opened().toString()).toArray(String[]::new);
    }

    private Row read(Readable row) {
        var unpriced = new Usage(
                count(row, "input"), count(row, "output"), count(row, "cache_read"), count(row, "cache_write"), 0);
        BigDecimal usd =
                Objects.requireNonNull(row.get("usd", BigDecimal.class)).add(prices.ofDearest(unpriced));
        String keyId = Objects.requireNonNull(row.get("id", String.class));
        boolean today = Boolean.TRUE.equals(row.get("today", Boolean.class));
        return new Row(keyId, today, new Amount(count(row, "tokens"), usd));
    }

    private static long count(Readable row, String column) {
        BigDecimal sum = row.get(column, BigDecimal.class);
        return sum == null ? 0 : sum.longValue();
    }
}
