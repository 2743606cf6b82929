package dev.codewise.proxy.admin;

import dev.codewise.proxy.access.Actors;
import dev.codewise.proxy.access.AuditTrail;
import dev.codewise.proxy.completion.Admission;
import dev.codewise.proxy.home.CodewiseHome;
import dev.codewise.proxy.pulse.Pulse;
import dev.codewise.proxy.settings.LiveSettings;
import io.r2dbc.spi.ConnectionFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import tools.jackson.databind.json.JsonMapper;

/** Wires the settings: from the table to those whom they concern, and the operator's hand to both. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SecretKeyProperties.class)
class AdminConfiguration {

    @Bean
    SettingsTable settingsTable(ConnectionFactory database) {
        return new SettingsTable(DatabaseClient.create(database));
    }

    @Bean
    SettingsText settingsText(JsonMapper json) {
        return new SettingsText(json);
    }

    @Bean
    SecretKeeper secretKeeper(SecretKeyProperties properties, CodewiseHome home) {
        return new SecretKeeper(properties.secretKey(), home);
    }

    @Bean
    SettingsWatch settingsWatch(SettingsTable table, SettingsText text, SecretKeeper secrets, LiveSettings live) {
        return new SettingsWatch(table, text, secrets, live);
    }

    @Bean
    Pulse settingsRead(SettingsWatch watch) {
        return watch.pulse();
    }

    @Bean
    KeptSettings keptSettings(
            SettingsTable table,
            SettingsText text,
            SecretKeeper secrets,
            AuditTrail trail,
            ConnectionFactory database) {
        var together = TransactionalOperator.create(new R2dbcTransactionManager(database));
        return new KeptSettings(table, text, secrets, trail, together);
    }

    @Bean
    Repeats repeats(ConnectionFactory database, SecretKeeper secrets) {
        return new Repeats(new RepeatTable(DatabaseClient.create(database)), secrets);
    }

    @Bean
    Pulse oldRepeatsForgotten(Repeats repeats) {
        return repeats.pulse();
    }

    @Bean
    IdempotentPosts idempotentPosts(Repeats repeats, Actors actors) {
        return new IdempotentPosts(repeats, actors);
    }

    /** Before those who reserve something for a request that may begin. */
    @Bean
    @Order(0)
    Admission contextWindow(LiveSettings settings) {
        return new ContextWindow(settings);
    }
}
