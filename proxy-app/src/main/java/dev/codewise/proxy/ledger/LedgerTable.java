package dev.codewise.proxy.ledger;

import dev.codewise.proxy.completion.Answerer;
import dev.codewise.proxy.completion.CompletionEnded;
import dev.codewise.proxy.completion.Usage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** The rows, one per request. */
final class LedgerTable {

    /** An entry that comes a second time, because nobody heard that the first had arrived, changes nothing. */
    private static final String INSERT = """
            insert into ledger_entry (id, asked_model, provider, agent, started_at, ended_at, outcome,
                    input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, reasoning_tokens,
                    model, cost_usd)
            select * from unnest(:id, :askedModel, :provider, :agent,
                    cast(:startedAt as timestamptz[]), cast(:endedAt as timestamptz[]), :outcome,
                    :input, :output, :cacheRead, :cacheWrite, :reasoning,
                    :model, cast(:costUsd as numeric[]))
            on conflict (id) do nothing
            """;

    /** A client may ask for a model of any name, and an agent tell any; this much of it says what was meant. */
    private static final int LONGEST_MODEL_NAME = 128;

    private final DatabaseClient client;

    LedgerTable(DatabaseClient client) {
        this.client = client;
    }

    /** Writes all of them or none, in one statement. */
    Mono<Void> insert(List<CompletionEnded> entries) {
        return client.sql(INSERT)
                .bind("id", column(entries, CompletionEnded::requestId))
                .bind("askedModel", column(entries, LedgerTable::askedModel))
                .bind("provider", column(entries, LedgerTable::provider))
                .bind("agent", column(entries, LedgerTable::agent))
                .bind("startedAt", column(entries, entry -> entry.startedAt().toString()))
                .bind("endedAt", column(entries, entry -> entry.endedAt().toString()))
                .bind("outcome", column(entries, entry -> entry.outcome().name().toLowerCase(Locale.ROOT)))
                .bind("input", counts(entries, Usage::input))
                .bind("output", counts(entries, Usage::output))
                .bind("cacheRead", counts(entries, Usage::cacheRead))
                .bind("cacheWrite", counts(entries, Usage::cacheWrite))
                .bind("reasoning", counts(entries, Usage::reasoning))
                .bind("model", column(entries, LedgerTable::model))
                .bind("costUsd", column(entries, LedgerTable::costUsd))
                .then();
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

    private static String askedModel(CompletionEnded entry) {
        return printable(entry.askedModel());
    }

    private static @Nullable String model(CompletionEnded entry) {
        String model = entry.model();
        return model == null ? null : printable(model);
    }

    private static String printable(String model) {
        String name = model.replaceAll("\\p{Cntrl}", "?");
        return name.length() <= LONGEST_MODEL_NAME ? name : name.substring(0, LONGEST_MODEL_NAME);
    }

    private static @Nullable String costUsd(CompletionEnded entry) {
        BigDecimal cost = entry.costUsd();
        return cost == null ? null : cost.toString();
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
