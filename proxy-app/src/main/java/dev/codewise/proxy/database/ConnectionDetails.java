package dev.codewise.proxy.database;

import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.time.Duration;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;

/** How the two drivers reach the database: the reactive one for all work, the other one for migrations. */
record ConnectionDetails(DatabaseUrl url)
        implements R2dbcConnectionDetails, JdbcConnectionDetails, FlywayConnectionDetails {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT_FOR_LOCK = Duration.ofSeconds(2);

    @Override
    public ConnectionFactoryOptions getConnectionFactoryOptions() {
        return ConnectionFactoryOptions.builder()
                .option(ConnectionFactoryOptions.DRIVER, PostgresqlConnectionFactoryProvider.POSTGRESQL_DRIVER)
                .option(ConnectionFactoryOptions.HOST, url.host())
                .option(ConnectionFactoryOptions.PORT, url.port())
                .option(ConnectionFactoryOptions.DATABASE, url.name())
                .option(ConnectionFactoryOptions.USER, getUsername())
                .option(ConnectionFactoryOptions.PASSWORD, getPassword())
                .option(ConnectionFactoryOptions.CONNECT_TIMEOUT, CONNECT_TIMEOUT)
                .option(ConnectionFactoryOptions.STATEMENT_TIMEOUT, LONGEST_STATEMENT)
                .option(ConnectionFactoryOptions.LOCK_WAIT_TIMEOUT, LONGEST_WAIT_FOR_LOCK)
                .option(PostgresqlConnectionFactoryProvider.SSL_MODE, url.ssl().forR2dbc())
                .option(PostgresqlConnectionFactoryProvider.TCP_KEEPALIVE, true)
                .option(PostgresqlConnectionFactoryProvider.APPLICATION_NAME, "codewise")
                .build();
    }

    @Override
    public String getUsername() {
        return url.login().user();
    }

    @Override
    public String getPassword() {
        return url.login().password().reveal();
    }

    @Override
    public String getJdbcUrl() {
        return url.jdbcUrl();
    }

    @Override
    public String getDriverClassName() {
        return "org.postgresql.Driver";
    }
}
