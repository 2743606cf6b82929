package dev.codewise.proxy.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.probe.ProbeProxy;
import dev.codewise.probe.RawHttp.Reply;
import dev.codewise.proxy.database.TestDatabase;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** A proxy whose database is away at the start. */
class SleepingDatabaseTest {

    private static final int NOBODY_LISTENS = 1;
    private static final String UNKNOWN_KEY = "cwk_0123456789ab_" + "x".repeat(43);
    private static final String UNKNOWN_TOKEN = "cwa_laptop-1_" + "x".repeat(43);
    private static final TestDatabase DATABASE = TestDatabase.migrated();

    @AfterEach
    void sleepAgain() {
        Movable.DATABASE.set(at(NOBODY_LISTENS));
    }

    @Test
    void opensNothingBeforeTheDatabaseHasAnsweredOnceAndStaysOpenAfterwards() {
        try (var proxy = ProbeProxy.start(House.class)) {
            Reply early = proxy.http().get("/v1/models");

            assertThat(early.status()).isEqualTo(503);
            assertThat(early.header("Retry-After")).hasValue("2");
            assertThat(early.body()).contains("CODEWISE_API_KEY").doesNotContain("refused", "r2dbc");
            assertThat(proxy.http().get("/api/agent/status").status()).isEqualTo(503);
            assertThat(proxy.http().get("/api/health").status()).isEqualTo(200);
            assertThat(proxy.http()
                            .get("/api/agent/connect", "Authorization: Bearer " + ProbeProxy.AGENT_SECRET)
                            .status())
                    .isEqualTo(200);
            Reply unsure = proxy.http().get("/api/agent/connect", "Authorization: Bearer " + UNKNOWN_TOKEN);
            assertThat(unsure.status()).isEqualTo(503);
            assertThat(unsure.header("Retry-After")).hasValue("2");

            Movable.DATABASE.set(at(DATABASE.port()));
            await().until(() -> proxy.http().get("/v1/models").status() == 200);
            assertThat(proxy.http()
                            .get("/api/agent/connect", "Authorization: Bearer " + UNKNOWN_TOKEN)
                            .status())
                    .isEqualTo(401);

            Movable.DATABASE.set(at(NOBODY_LISTENS));
            assertThat(proxy.http().get("/v1/models").status()).isEqualTo(200);
        }
    }

    @Test
    void opensAtOnceForAKeyFromTheEnvironment() {
        try (var proxy = ProbeProxy.start(House.class, "codewise.access.api-key=" + ProbeProxy.API_KEY)) {
            Reply reply = proxy.http().get("/v1/models", "Authorization: Bearer " + ProbeProxy.API_KEY);

            assertThat(reply.status()).isEqualTo(200);
        }
    }

    @Test
    void keepsOpeningForTheKeysThatItKnowsWhenTheDatabaseGoesAway() {
        try (var proxy = ProbeProxy.start(House.class, "codewise.access.api-key=" + ProbeProxy.API_KEY)) {
            Reply early = proxy.http().get("/v1/models", "Authorization: Bearer " + UNKNOWN_KEY);
            Movable.DATABASE.set(at(DATABASE.port()));
            String key = new Admin(proxy.http(), ProbeProxy.API_KEY).key("ci", "alice");

            Movable.DATABASE.set(at(NOBODY_LISTENS));

            assertThat(early.status()).isEqualTo(503);
            assertThat(proxy.http()
                            .get("/v1/models", "Authorization: Bearer " + key)
                            .status())
                    .isEqualTo(200);
        }
    }

    private static ConnectionFactory at(int port) {
        return ConnectionFactories.get("r2dbc:" + DATABASE.at(port).url());
    }

    /** The usual rooms, above a database that can be moved. */
    @Import(dev.codewise.probe.ProbeRooms.class)
    private static final class House {

        @Bean
        ConnectionFactory database() {
            return new Movable();
        }
    }

    private static final class Movable implements ConnectionFactory {

        private static final AtomicReference<ConnectionFactory> DATABASE = new AtomicReference<>(at(NOBODY_LISTENS));

        @Override
        public Publisher<? extends io.r2dbc.spi.Connection> create() {
            return Objects.requireNonNull(DATABASE.get()).create();
        }

        @Override
        public ConnectionFactoryMetadata getMetadata() {
            return Objects.requireNonNull(DATABASE.get()).getMetadata();
        }
    }
}
