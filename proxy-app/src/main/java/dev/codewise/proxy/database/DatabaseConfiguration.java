package dev.codewise.proxy.database;

import dev.codewise.proxy.home.CodewiseHome;
import dev.codewise.proxy.pulse.Pulse;
import io.r2dbc.spi.ConnectionFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the server, what the drivers must know of it, and its migrations; they end in the opposite order. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseProperties.class)
class DatabaseConfiguration {

    @Bean
    DatabaseServer databaseServer(DatabaseProperties properties, CodewiseHome home) {
        return properties
                .configured()
                .<DatabaseServer>map(ConfiguredServer::new)
                .orElseGet(() -> EmbeddedServer.in(home));
    }

    @Bean
    ConnectionDetails databaseConnectionDetails(DatabaseServer server) {
        return new ConnectionDetails(server.url());
    }

    @Bean
    DatabaseState databaseState(DatabaseServer server, ConnectionFactory connections) {
        return new DatabaseState(server.description(), connections);
    }

    @Bean
    DatabasePresence databasePresence(DatabaseState state) {
        return new DatabasePresence(state);
    }

    @Bean
    Pulse databaseAsked(DatabasePresence presence) {
        return presence.pulse();
    }

    @Bean
    Migrations migrations(DatabaseState state) {
        return new Migrations(state);
    }
}
