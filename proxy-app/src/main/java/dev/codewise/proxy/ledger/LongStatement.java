package dev.codewise.proxy.ledger;

import java.time.Duration;
import org.reactivestreams.Publisher;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;

/** A statement over very many rows, which the server lets run for longer than all others. */
final class LongStatement {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final String LIMIT = "set local statement_timeout = " + LONGEST.toMillis();

    private final DatabaseClient client;
    private final TransactionalOperator transaction;

    LongStatement(DatabaseClient client) {
        this.client = client;
        this.transaction = TransactionalOperator.create(new R2dbcTransactionManager(client.getConnectionFactory()));
    }

    /** In a transaction of its own, since the limit holds until the end of one. */
    <T> Flux<T> run(Publisher<T> statement) {
        Flux<T> patient = client.sql(LIMIT).then().thenMany(statement);
        return transaction.transactional(patient).timeout(LONGEST);
    }
}
