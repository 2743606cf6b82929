package dev.codewise.proxy.access;

import dev.codewise.proxy.pulse.Pulse;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Clock;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

/** Wires the keys: from the table into the ring, and the operator's hand to both. */
@Configuration(proxyBeanMethods = false)
class KeyConfiguration {

    @Bean
    KeyTable keyTable(ConnectionFactory database) {
        return new KeyTable(DatabaseClient.create(database));
    }

    @Bean
    KeyRing keyRing() {
        return new KeyRing(Clock.systemUTC());
    }

    @Bean
    KeyWatch keyWatch(KeyTable table, KeyRing ring, ApplicationEventPublisher events) {
        return new KeyWatch(table, ring, events::publishEvent);
    }

    @Bean
    Pulse keysRead(KeyWatch watch) {
        return watch.pulse();
    }

    @Bean
    LastUse lastUse(KeyTable table) {
        return new LastUse(table, Clock.systemUTC());
    }

    @Bean
    Pulse lastUsesWritten(LastUse uses) {
        return uses.pulse();
    }

    @Bean
    AuditTrail auditTrail(ConnectionFactory database) {
        return new AuditTrail(DatabaseClient.create(database));
    }

    @Bean
    LoginBursts loginBursts(AuditTrail trail) {
        return new LoginBursts(trail);
    }

    @Bean
    Pulse loginBurstsNoted(LoginBursts bursts) {
        return bursts.pulse();
    }

    @Bean
    Actors actors(ClientAddress addresses) {
        return new Actors(addresses);
    }

    @Bean
    Keys keys(KeyTable table, KeyWatch watch, AuditTrail trail, ConnectionFactory database) {
        var together = TransactionalOperator.create(new R2dbcTransactionManager(database));
        return new Keys(table, watch, trail, together, Clock.systemUTC());
    }
}
