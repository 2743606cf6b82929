package dev.codewise.proxy.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.completion.Answerer;
import dev.codewise.proxy.completion.Client;
import dev.codewise.proxy.completion.CompletionEnded;
import dev.codewise.proxy.completion.CompletionEnded.Told;
import dev.codewise.proxy.completion.EndedRequest;
import dev.codewise.proxy.completion.FinishReason;
import dev.codewise.proxy.completion.ModelCatalogue;
import dev.codewise.proxy.completion.Origin;
import dev.codewise.proxy.completion.Surface;
import dev.codewise.proxy.completion.Usage;
import dev.codewise.proxy.database.TestPostgres;
import dev.codewise.proxy.prices.Prices;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.r2dbc.test.autoconfigure.DataR2dbcTest;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.test.StepVerifier;

@DataR2dbcTest
@TestPostgres
class LedgerTableTest {

    private static final Prices PRICES = Prices.builtIn(new ModelCatalogue(Map.of()));

    @Autowired
    private DatabaseClient client;

    @BeforeEach
    void clear() {
        client.sql("delete from ledger_entry").then().block();
    }

    @Test
    void keepsWhoAnsweredWhatAndWhenAndHowItEnded() {
        insert(CompletionsEnded.of("req_1", "sonnet", new Answerer("agent", "laptop")));

        assertThat(
                        rows(
                                "select *, started_at::text as started, (ended_at - started_at)::text as took from ledger_entry"))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("id", "req_1")
                        .containsEntry("asked_model", "sonnet")
                        .containsEntry("provider", "agent")
                        .containsEntry("agent", "laptop")
                        .containsEntry("started", "2026-01-02 03:04:05.678901+00")
                        .containsEntry("took", "00:00:01.5")
                        .containsEntry("outcome", "answered"));
    }

    @Test
    void keepsHowManyTokensWereUsedWhereThatIsKnown() {
        insert(
                CompletionsEnded.thatUsed("req_1", new Usage(1, 20, 300, 4000, 50_000_000_000L)),
                CompletionsEnded.thatUsed("req_2", null));

        assertThat(rows("select input_tokens as i, output_tokens as o, cache_read_tokens as r, cache_write_tokens as w,"
                        + " reasoning_tokens as t from ledger_entry order by id"))
                .extracting(Map::values)
                .satisfiesExactly(
                        counted -> assertThat(counted).containsExactlyInAnyOrder(1L, 20L, 300L, 4000L, 50_000_000_000L),
                        uncounted -> assertThat(uncounted).containsOnlyNulls());
    }

    @Test
    void keepsWhichModelRanAndWhatItCostWhereThatIsKnown() {
        insert(
                CompletionsEnded.thatRan("req_1", "claude-sonnet-5\n\u202e\u2028", new BigDecimal("0.012345678901")),
                CompletionsEnded.thatRan("req_2", null, null),
                CompletionsEnded.thatRan("req_3", "x".repeat(1_000), new BigDecimal("1E-7")));

        assertThat(rows("select model, cost_usd::text as cost from ledger_entry order by id"))
                .satisfiesExactly(
                        known -> assertThat(known)
                                .containsEntry("model", "claude-sonnet-5???")
                                .containsEntry("cost", "0.012345678901"),
                        unknown -> assertThat(unknown.values()).containsOnlyNulls(),
                        odd -> assertThat(odd)
                                .containsEntry("model", "x".repeat(128))
                                .containsEntry("cost", "0.0000001"));
    }

    @Test
    void keepsForWhomItWasAndHowItWent() {
        Instant start = Instant.parse("2026-05-06T07:08:09Z");
        var origin = new Origin("req_1", Surface.MESSAGES, new Client("cwk_1", "alice", Set.of()));
        insert(EndedRequest.named("req_1")
                .from(origin)
                .by(new Answerer("agent", "laptop"), 2)
                .at(start, start.plusMillis(250), start.plusSeconds(1))
                .telling(new Told(null, FinishReason.TOOL_CALLS, null, null))
                .build());

        assertThat(rows("select key_id, owner, surface, finish_reason, retries, outcome,"
                        + " (first_piece_at - started_at)::text as first from ledger_entry"))
                .containsExactly(Map.of(
                        "key_id", "cwk_1",
                        "owner", "alice",
                        "surface", "messages",
                        "finish_reason", "tool_calls",
                        "retries", 2,
                        "outcome", "answered",
                        "first", "00:00:00.25"));
    }

    @Test
    void countsWhatItCostWhereNobodySaidSoAndLeavesItOpenWhereThePriceIsUnknown() {
        var usage = new Usage(1_000_000, 100_000, 0, 0, 0);
        insert(
                EndedRequest.named("req_1").asking("sonnet").using(usage).build(),
                EndedRequest.named("req_2").asking("claude-9").using(usage).build(),
                EndedRequest.named("req_3").asking("sonnet").build(),
                EndedRequest.named("req_4")
                        .telling(new Told(usage, null, "claude-sonnet-5", BigDecimal.ZERO))
                        .build());

        assertThat(rows("select cost_usd::float8 as cost from ledger_entry order by id"))
                .extracting(row -> row.get("cost"))
                .containsExactly(3.0, null, null, 0.0);
    }

    @Test
    void leavesOpenWhatNobodyAnswered() {
        insert(
                CompletionsEnded.of("req_1", "sonnet", new Answerer("claude", null)),
                CompletionsEnded.of("req_2", "sonnet", null));

        assertThat(rows("select provider, agent from ledger_entry order by id"))
                .satisfiesExactly(
                        direct -> assertThat(direct)
                                .containsEntry("provider", "claude")
                                .containsEntry("agent", null),
                        nobody -> assertThat(nobody)
                                .containsEntry("provider", null)
                                .containsEntry("agent", null));
    }

    @Test
    void changesNothingWhenAnEntryComesAgain() {
        insert(CompletionsEnded.of("req_1", "sonnet", null));

        insert(CompletionsEnded.of("req_1", "opus", null), CompletionsEnded.called("req_2"));

        assertThat(rows("select id, asked_model from ledger_entry order by id"))
                .containsExactly(
                        Map.of("id", "req_1", "asked_model", "sonnet"), Map.of("id", "req_2", "asked_model", "sonnet"));
    }

    @Test
    void takesAnyNameThatAClientMayAskFor() {
        insert(
                CompletionsEnded.of("req_1", "a\u0000b\nc", null),
                CompletionsEnded.of("req_2", "\ud800'; drop table ledger_entry; --", null),
                CompletionsEnded.of("req_3", "x".repeat(1_000_000), null));

        assertThat(rows("select asked_model from ledger_entry order by id"))
                .extracting(row -> row.get("asked_model"))
                .containsExactly("a?b?c", "?'; drop table ledger_entry; --", "x".repeat(128));
    }

    private void insert(CompletionEnded... entries) {
        StepVerifier.create(new LedgerTable(client, PRICES).insert(List.of(entries)))
                .verifyComplete();
    }

    private List<Map<String, Object>> rows(String sql) {
        return client.sql(sql).fetch().all().collectList().blockOptional().orElseThrow();
    }
}
