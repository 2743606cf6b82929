package dev.codewise.proxy.ledger;

import dev.codewise.proxy.completion.Answerer;
import dev.codewise.proxy.completion.CompletionEnded;
import dev.codewise.proxy.completion.Usage;
import dev.codewise.proxy.prices.Prices;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;

/** The rows, one per request. */
final class LedgerTable {

    /** An entry that comes a second time, because nobody heard that the first had arrived, changes nothing. */
    private static final String INSERT = """
            insert into ledger_entry (id, started_at, first_piece_at, ended_at, key_id, owner, surface,
                    asked_model, model, provider, agent, outcome, finish_reason, retries,
                    input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, reasoning_tokens, cost_usd)
            select * from unnest(:id, cast(:startedAt as timestamptz[]), cast(:firstPieceAt as timestamptz[]),
                    cast(:endedAt as timestamptz[]), :keyId, :owner, :surface,
                    :askedModel, :model, :provider, :agent, :outcome, :finishReason, :retries,
                    :input, :output, :cacheRead, :cacheWrite, :reasoning, cast(:costUsd as numeric[]))
            on conflict (id, started_at) do nothing
            """;

    /** A client may ask for a model of any name, and an agent tell any; this much of it says what was meant. */
    private static final int LONGEST_MODEL_NAME = 128;

    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

    private final DatabaseClient client;
    private final Prices prices;

    LedgerTable(DatabaseClient client, Prices prices) {
        this.client = client;
        this.prices = prices;
    }

    /** Writes all of them or none, in one statement. */
    Mono<Void> insert(List<CompletionEnded> entries) {
        return withAnswer(withRequest(client.sql(INSERT), entries), entries).then();
    }

    private static GenericExecuteSpec withRequest(GenericExecuteSpec sql, List<CompletionEnded> entries) {
        return sql.bind("id", column(entries, CompletionEnded::requestId))
                .bind("startedAt", column(entries, entry -> entry.startedAt().toString()))
                .bind("keyId", column(entries, entry -> entry.origin().client().keyId()))
                .bind("owner", column(entries, entry -> entry.origin().client().owner()))
                .bind("surface", column(entries, entry -> nameOf(entry.origin().surface())))
                .bind("askedModel", column(entries, entry -> printable(entry.askedModel())));
    }

    private GenericExecuteSpec withAnswer(GenericExecuteSpec sql, List<CompletionEnded> entries) {
        return withUsage(sql, entries)
                .bind("firstPieceAt", column(entries, entry -> textOf(entry.firstPieceAt())))
                .bind("endedAt", column(entries, entry -> entry.endedAt().toString()))
                .bind("model", column(entries, entry -> printable(entry.model())))
                .bind("provider", column(entries, LedgerTable::provider))
                .bind("agent", column(entries, LedgerTable::agent))
                .bind("outcome", column(entries, entry -> nameOf(entry.outcome())))
                .bind("finishReason", column(entries, entry -> nameOf(entry.finishReason())))
                .bind("retries", retries(entries))
                .bind("costUsd", column(entries, this::costUsd));
    }

    private static GenericExecuteSpec withUsage(GenericExecuteSpec sql, List<CompletionEnded> entries) {
        return sql.bind("input", counts(entries, Usage::input))
                .bind("output", counts(entries, Usage::output))
                .bind("cacheRead", counts(entries, Usage::cacheRead))
                .bind("cacheWrite", counts(entries, Usage::cacheWrite))
                .bind("reasoning", counts(entries, Usage::reasoning));
    }

    private static @Nullable String[] column(
            List<CompletionEnded> entries, Function<CompletionEnded, @Nullable String> value) {
        return entries.stream().map(value).toArray(String[]::new);
    }

    private static @Nullable Long[] counts(List<CompletionEnded> entries, Function<Usage, Long> count) {
        return entries.stream()
                .map(entry -> entry.usage() == null ? null : count.apply(entry.usage()))
                .toArray(Long[]::new);
    }

    private static Integer[] retries(List<CompletionEnded> entries) {
        return entries.stream().map(entry -> entry.attempts().inVain()).toArray(Integer[]::new);
    }

    private static @Nullable String nameOf(@Nullable Enum<?> value) {
        return value == null ? null : value.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String textOf(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static @Nullable String printable(@Nullable String model) {
        if (model == null) {
            return null;
        }
        String name = UNPRINTABLE.matcher(model).replaceAll("?");
        return name.length() <= LONGEST_MODEL_NAME ? name : name.substring(0, LONGEST_MODEL_NAME);
    }

    private @Nullable String costUsd(CompletionEnded entry) {
        return textOf(prices.of(entry).orElse(null));
    }

    private static @Nullable String provider(CompletionEnded entry) {
        Answerer by = entry.answeredBy();
        return by == null ? null : by.provider();
    }

    private static @Nullable String agent(CompletionEnded entry) {
        Answerer by = entry.answeredBy();
        return by == null ? null : by.agent();
    }
}
