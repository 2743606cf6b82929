package dev.codewise.proxy.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.database.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an operator with a shell learns of who used what. */
class UsageWordTest {

    private static final String ROW = """
            insert into ledger_entry (id, asked_model, model, provider, owner, started_at, ended_at, outcome,
                input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, reasoning_tokens, cost_usd)
            values ('%s', 'opus', 'claude-opus', 'anthropic', '%s', '%s', '%s', 'answered', %d, 5, 0, 0, 0, %s)""";

    private static TestDatabase database;

    @BeforeAll
    static void fill() {
        database = TestDatabase.migrated();
        enter("1", "alice", "2026-11-02T10:00:00Z", 1_234_567, "1234.5");
        enter("2", "alice", "2026-11-03T10:00:00Z", 10, "0.00004");
        enter("3", "bob", "2026-11-03T11:00:00Z", 7, "null");
        enter("4", "bob", "2026-10-03T11:00:00Z", 7, "null");
    }

    private static void enter(String id, String owner, String at, int input, String cost) {
        database.execute(ROW.formatted(id, owner, at, at, input, cost));
    }

    @Test
    void addsUpByOwnerInRowsThatPeopleCanRead() {
        var usage = usage();

        assertThat(usage.exitCode()).as(usage.err()).isZero();
        assertThat(usage.out().lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "OWNER REQUESTS ANSWERED FAILED CANCELLED INPUT OUTPUT CACHE READ CACHE WRITE COST USD",
                        "alice 2 2 0 0 1,234,577 10 0 0 1,234.5000",
                        "bob 1 1 0 0 7 5 0 0 -",
                        "total 3 3 0 0 1,234,584 15 0 0 1,234.5000");
        assertThat(usage.out().lines().map(String::length).distinct())
                .as(usage.out())
                .hasSize(1);
        assertThat(usage.err())
                .isEqualTo("From 2026-11-01 00:00 to 2026-12-01 00:00 UTC. The price of 1 requests is not known.");
    }

    @Test
    void addsUpByDay() {
        var usage = usage("--by", "day");

        assertThat(usage.out().lines().map(line -> line.replaceAll(" .*", "")))
                .containsExactly("DAY", "2026-11-03", "2026-11-02", "total");
    }

    @Test
    void tellsAProgramTheSameAsTheAdminApi() {
        var usage = usage("--json", "--by", "owner");

        assertThat(usage.err()).isEmpty();
        assertThat(usage.json().at("/total/tokens/input").asLong()).isEqualTo(1_234_584);
        assertThat(usage.json().at("/groups/0/group").asString()).isEqualTo("alice");
        assertThat(usage.json().at("/from").asString()).isEqualTo("2026-11-01T00:00:00Z");
    }

    @Test
    void saysWhatIsWrongWithAQuestion() {
        assertThat(usage("--by", "colour").err()).contains("\"by\" must be one of agent, day, key, model, owner");
        assertThat(Words.typed(database, "usage", "--from", "yesterday").err()).contains("\"from\" must be a time");
        assertThat(Words.typed(database, "usage", "--since", "1").exitCode()).isEqualTo(Shell.WRONG_USE);
    }

    private static Words usage(String... more) {
        var words = new ArrayList<>(List.of("usage", "--from", "2026-11-01", "--to", "2026-12-01"));
        words.addAll(List.of(more));
        return Words.typed(database, words.toArray(String[]::new));
    }
}
