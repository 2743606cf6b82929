package dev.codewise.proxy.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;

/** One database of the suite's server. */
public record TestDatabase(String host, int port, String name, String user, String password) {

    private static final AtomicInteger COUNTER = new AtomicInteger();

    /** An empty database that nobody else uses. */
    public static TestDatabase fresh() {
        TestDatabase server = TestServer.database();
        String name = "test_" + ProcessHandle.current().pid() + "_" + COUNTER.incrementAndGet();
        server.execute("create database " + name);
        return new TestDatabase(server.host, server.port, name, server.user, server.password);
    }

    /** One of these with the tables that the proxy starts with. */
    public static TestDatabase migrated() {
        var database = fresh();
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.user, database.password)
                .load()
                .migrate();
        return database;
    }

    /** The same database behind another port, such as that of a forwarder. */
    public TestDatabase at(int otherPort) {
        return new TestDatabase("127.0.0.1", otherPort, name, user, password);
    }

    /** What {@code DATABASE_URL} would say. */
    public String url() {
        return "postgresql://" + user + ":" + password + "@" + host + ":" + port + "/" + name;
    }

    String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + name;
    }

    /** A connection, to be closed by whoever asked for it. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), user, password);
    }

    public void execute(String sql) {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError("the test's own SQL failed: " + sql, e);
        }
    }

    /** The first column of the first row, as text. */
    public String value(String sql) {
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        } catch (SQLException e) {
            throw new AssertionError("the test's own SQL failed: " + sql, e);
        }
    }
}
