package dev.codewise.proxy.database;

import dev.codewise.proxy.home.CodewiseHome;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * The database of a proxy, for a program that looks in and leaves again: the operator's own, the embedded one of a proxy that runs,
 * or, where none runs, the embedded one started for as long as this lasts.
 */
public final class DatabaseVisit implements AutoCloseable {

    private final DatabaseServer server;

    private DatabaseVisit(DatabaseServer server) {
        this.server = server;
    }

    /** With what {@code DATABASE_URL} says, if anything. */
    public static DatabaseVisit to(@Nullable String url, CodewiseHome home) {
        return new DatabaseVisit(url == null ? embedded(home) : new ConfiguredServer(DatabaseUrl.parse(url)));
    }

    private static DatabaseServer embedded(CodewiseHome home) {
        var own = EmbeddedServer.ifFree(home);
        own.ifPresent(DatabaseVisit::bringUpToDate);
        return own.isPresent() ? own.get() : RunningServer.of(home);
    }

    /** Only what nobody else uses: elsewhere that is the business of the proxy whose tables they are. */
    private static void bringUpToDate(EmbeddedServer server) {
        var details = new ConnectionDetails(server.url());
        try {
            Flyway.configure()
                    .dataSource(details.getJdbcUrl(), details.getUsername(), details.getPassword())
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            server.close();
            throw new DatabaseUnusableException(Obstacle.of(e).sentence(server.description(), e), e);
        }
    }

    /** Connections one at a time, each for as long as somebody uses it. */
    public ConnectionFactory connections() {
        return ConnectionFactories.get(new ConnectionDetails(server.url()).getConnectionFactoryOptions());
    }

    /** Why the database did not do what was asked of it, for people. */
    public DatabaseUnusableException unusable(Throwable failure) {
        return new DatabaseUnusableException(Obstacle.ofUse(failure).sentence(server.description(), failure), failure);
    }

    @Override
    public void close() {
        server.close();
    }
}
