package dev.codewise.proxy.ledger;

import dev.codewise.proxy.ledger.Usages.Group;
import dev.codewise.proxy.ledger.Usages.Outcomes;
import dev.codewise.proxy.ledger.Usages.Sums;
import dev.codewise.proxy.ledger.Usages.Tokens;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Adds up the rows of the ledger, all of them and by group in one reading. */
final class UsageTable {

    private static final int MOST_GROUPS = 1000;

    private static final String SUMS = """
            select grp, grouping(grp) as is_total, count(*) over () as all_rows,
                count(*) as requests,
                count(*) filter (where outcome = 'answered') as answered,
                count(*) filter (where outcome = 'failed') as failed,
                count(*) filter (where outcome = 'cancelled') as cancelled,
                coalesce(sum(input_tokens), 0)::bigint as input,
                coalesce(sum(output_tokens), 0)::bigint as output,
                coalesce(sum(cache_read_tokens), 0)::bigint as cache_read,
                coalesce(sum(cache_write_tokens), 0)::bigint as cache_write,
                coalesce(sum(reasoning_tokens), 0)::bigint as reasoning,
                sum(cost_usd) as cost_usd,
                count(*) filter (where cost_usd is null and provider is not null) as without_price
            from (select *, %s as grp from ledger_entry where started_at >= :from and started_at < :to) as entry
            group by grouping sets ((), (grp))
            order by is_total desc, %s
            limit :most
            """;

    private static final String DEAREST = "cost_usd desc nulls last, requests desc, grp";

    /** What requests can have in common. */
    enum By {
        KEY("key_id", DEAREST),
        OWNER("owner", DEAREST),
        MODEL("coalesce(model, asked_model)", DEAREST),
        AGENT("agent", DEAREST),
        DAY("to_char(started_at at time zone 'UTC', 'YYYY-MM-DD')", "grp desc");

        private final String sql;

        By(String column, String order) {
            this.sql = SUMS.formatted(column, order);
        }
    }

    private final DatabaseClient client;

    UsageTable(DatabaseClient client) {
        this.client = client;
    }

    /** Those who cost most first, days the latest first. */
    Mono<Usages> in(Period period, By by) {
        var rows = client.sql(by.sql)
                .bind("from", period.from())
                .bind("to", period.to())
                .bind("most", MOST_GROUPS + 1)
                .map(Row::read);
        return new LongStatement(client).run(rows.all()).collectList().map(read -> usages(period, read));
    }

    /** The first row is the total, which there is of nothing at all, too. */
    private static Usages usages(Period period, List<Row> rows) {
        Row total = rows.get(0);
        List<Group> groups = rows.stream().skip(1).map(Row::group).toList();
        return new Usages(period, total.group.sums(), groups, total.rows - rows.size());
    }

    private record Row(Group group, long rows) {

        static Row read(Readable row) {
            var sums = new Sums(
                    outcomes(row), tokens(row), row.get("cost_usd", BigDecimal.class), count(row, "without_price"));
            return new Row(new Group(row.get("grp", String.class), sums), count(row, "all_rows"));
        }

        private static Outcomes outcomes(Readable row) {
            return new Outcomes(
                    count(row, "requests"), count(row, "answered"), count(row, "failed"), count(row, "cancelled"));
        }

        private static Tokens tokens(Readable row) {
            return new Tokens(
                    count(row, "input"),
                    count(row, "output"),
                    count(row, "cache_read"),
                    count(row, "cache_write"),
                    count(row, "reasoning"));
        }

        private static long count(Readable row, String name) {
            return Objects.requireNonNull(row.get(name, Long.class));
        }
    }
}
