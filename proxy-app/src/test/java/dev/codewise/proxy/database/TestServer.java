package dev.codewise.proxy.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The PostgreSQL server of a whole test run: a container where an engine answers, else the embedded binaries.
 * {@code -Dcodewise.test.database=docker} or {@code =embedded} insists on one of them.
 */
final class TestServer {

    private static final String CHOICE = System.getProperty("codewise.test.database", "auto");

    /** Starts at the first use, and ends with the test run: the container by its reaper, the binaries by a shutdown hook. */
    private static final class Holder {
        private static final TestDatabase DATABASE = start();
    }

    private TestServer() {}

    /** The database that every server has. */
    static TestDatabase database() {
        return Holder.DATABASE;
    }

    private static TestDatabase start() {
        return switch (CHOICE) {
            case "docker" -> container();
            case "embedded" -> embedded();
            case "auto" -> DockerClientFactory.instance().isDockerAvailable() ? container() : embedded();
            default ->
                throw new IllegalArgumentException(
                        "codewise.test.database is \"" + CHOICE + "\"; it takes auto, docker or embedded");
        };
    }

    @SuppressWarnings("resource") // lives as long as the test run
    private static TestDatabase container() {
        var container = new PostgreSQLContainer("postgres:18-alpine")
                .withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=300");
        container.start();
        return new TestDatabase(
                container.getHost(),
                container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                container.getDatabaseName(),
                container.getUsername(),
                container.getPassword());
    }

    @SuppressWarnings("resource") // lives as long as the test run
    private static TestDatabase embedded() {
        try {
            var server = EmbeddedPostgres.builder().start();
            return new TestDatabase("127.0.0.1", server.getPort(), "postgres", "postgres", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
