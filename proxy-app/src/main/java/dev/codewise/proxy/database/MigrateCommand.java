package dev.codewise.proxy.database;

import dev.codewise.proxy.home.CodewiseHome;
import java.time.Duration;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Primary;

/** The word {@code migrate}: waits for the database, brings it up to date, and ends. */
public final class MigrateCommand {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private MigrateCommand() {}

    /** The exit code: 0 when the database is up to date, 1 when it is not, which has been said by then. */
    public static int run(String... args) {
        var application =
                new SpringApplicationBuilder(Parts.class).logStartupInfo(false).build();
        try (var done = application.run(withoutServer(args))) {
            return done.isActive() ? 0 : 1;
        } catch (RuntimeException e) {
            return 1;
        }
    }

    /** As an argument, because the configuration file has its own word on it, which only arguments outrank. */
    private static String[] withoutServer(String... args) {
        return Stream.concat(Stream.of(args), Stream.of("--spring.main.web-application-type=none"))
                .toArray(String[]::new);
    }

    /** The few parts of the proxy that this takes. Found by nobody else, for it carries no stereotype. */
    @ComponentScan(basePackageClasses = {CodewiseHome.class, MigrateCommand.class})
    @ImportAutoConfiguration({FlywayAutoConfiguration.class, R2dbcAutoConfiguration.class})
    static class Parts {

        @Bean
        @Primary
        FlywayMigrationStrategy patientMigration(DatabaseServer server) {
            return new PatientMigration(server.description(), PATIENCE);
        }
    }
}
