package dev.codewise.proxy.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.proxy.database.TestPostgres;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.r2dbc.core.DatabaseClient;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@TestPostgres
class LedgerTest {

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private DatabaseClient client;

    @Test
    void learnsOfEachRequestFromTheEventOfItsEnd() {
        events.publishEvent(CompletionsEnded.called("req_told"));

        var row = await().until(
                        () -> client.sql("select id, agent from ledger_entry where id = 'req_told'")
                                .fetch()
                                .one()
                                .block(),
                        r -> r != null);
        assertThat(row).isEqualTo(Map.of("id", "req_told", "agent", "laptop"));
    }
}
