package dev.codewise.proxy.database;

import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** How it stands with the database: which one it is, whether it was ever ready, whether it answers now. */
public final class DatabaseState {

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(2);

    private final String description;
    private final DatabaseClient client;
    private volatile boolean ready;

    DatabaseState(String description, ConnectionFactory connections) {
        this.description = description;
        this.client = DatabaseClient.create(connections);
    }

    /** For people, without a secret in it. */
    public String description() {
        return description;
    }

    /** Whether the database has answered since the start, and is migrated. Once it is, it stays so. */
    public boolean isReady() {
        return ready;
    }

    void becameReady() {
        ready = true;
    }

    /** Whether the database is ready and answers at this moment; known within two seconds, and never an error. */
    public Mono<Boolean> answers() {
        return Mono.defer(() -> ready ? asked() : Mono.just(false));
    }

    private Mono<Boolean> asked() {
        return client.sql("select true")
                .mapValue(Boolean.class)
                .one()
                .timeout(LONGEST_ANSWER)
                .onErrorReturn(false);
    }
}
