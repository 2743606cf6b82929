package dev.codewise.proxy.openai.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.proxy.database.TestPostgres;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.r2dbc.test.autoconfigure.DataR2dbcTest;
import org.springframework.r2dbc.BadSqlGrammarException;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.test.StepVerifier;

@DataR2dbcTest
@TestPostgres
class ResponseTableTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @Autowired
    private DatabaseClient client;

    private ResponseTable table;

    @BeforeEach
    void clear() {
        client.sql("delete from stored_response").then().block();
        table = new ResponseTable(client);
    }

    @Test
    void givesBackWhatItWasGiven() {
        var response = response("resp_1", "resp_0", NOW);

        table.insert(response).block();

        assertThat(table.find(of("resp_1")).block()).isEqualTo(response);
        assertThat(table.find(of("resp_2")).blockOptional()).isEmpty();
        assertThat(table.find(new OwnedId("bob", "resp_1")).blockOptional()).isEmpty();
        assertThat(table.find(of("' or true; --")).blockOptional()).isEmpty();
    }

    @Test
    void readsAConversationFromItsBeginning() {
        conversationOfThree();

        assertThat(conversation("resp_3", 10, 1000)).containsExactly("resp_1", "resp_2", "resp_3");
        assertThat(conversation("resp_2", 10, 1000)).containsExactly("resp_1", "resp_2");
    }

    @Test
    void readsNoMoreOfAConversationThanItMay() {
        conversationOfThree();

        assertThat(conversation("resp_3", 2, 1000)).containsExactly("resp_2", "resp_3");
        assertThat(conversation("resp_3", 10, 20)).containsExactly("resp_2", "resp_3");
    }

    /** The responses themselves, with their instructions and tools, would be half a gigabyte. */
    @Test
    void readsOnlyWhatWasSaidOfALongConversation() {
        String large = "x".repeat(500_000);
        table.insert(new StoredResponse("large", "alice", null, NOW, "[]", large, "[]", "[]"))
                .block();
        client.sql("""
                        insert into stored_response (id, previous_id, created_at, input, response, output, pieces)
                        select 'resp_' || i, case when i > 1 then 'resp_' || (i - 1) end, now(),
                               '[1234]', large.response, '[56]', '[]'
                        from generate_series(1, 1000) i, stored_response large where large.id = 'large'""").then().block();

        var conversation =
                new ResponseArchive(table).conversation(of("resp_1000")).block();

        assertThat(conversation)
                .hasSize(1000)
                .endsWith(new Exchange("resp_1000", "resp_999", "[1234]", "[56]"))
                .startsWith(new Exchange("resp_1", null, "[1234]", "[56]"));
    }

    @Test
    void isNotTakenForAwayWhereAStatementIsWrong() {
        client.sql("alter table stored_response rename to hidden").then().block();
        try {
            StepVerifier.create(new ResponseArchive(table).get(of("resp_1"))).verifyError(BadSqlGrammarException.class);
        } finally {
            client.sql("alter table hidden rename to stored_response").then().block();
        }
    }

    @Test
    void deletesTheOldestFirst() {
        conversationOfThree();

        assertThat(table.deleteBefore(NOW.plusSeconds(2), 1).block()).isEqualTo(1);
        assertThat(table.deleteBefore(NOW.plusSeconds(2), 10).block()).isEqualTo(1);

        assertThat(conversation("resp_3", 10, 1000)).containsExactly("resp_3");
    }

    @Test
    void isCleanedOfWhatHasBeenKeptForLongEnough() {
        conversationOfThree();
        var clock = Clock.fixed(NOW.plus(Duration.ofDays(30)).plusSeconds(2), ZoneOffset.UTC);
        var cleaning = new ResponseCleaner(table, Duration.ofDays(30), Duration.ofMillis(50), clock).pulse();

        cleaning.start();

        await().until(() -> conversation("resp_3", 10, 1000).equals(List.of("resp_3")));
        cleaning.stop();
    }

    /** Ten characters each. */
    private void conversationOfThree() {
        table.insert(response("resp_1", null, NOW)).block();
        table.insert(response("resp_2", "resp_1", NOW.plusSeconds(1))).block();
        table.insert(response("resp_3", "resp_2", NOW.plusSeconds(2))).block();
    }

    private List<String> conversation(String id, int most, long largest) {
        return table.conversation(of(id), most, largest)
                .map(Exchange::id)
                .collectList()
                .blockOptional()
                .orElseThrow();
    }

    private static StoredResponse response(String id, @Nullable String previous, Instant at) {
        return new StoredResponse(id, "alice", previous, at, "[1234]", "{\"a\":\"\\u0000\"}", "[56]", "[]");
    }

    private static OwnedId of(String id) {
        return new OwnedId("alice", id);
    }
}
