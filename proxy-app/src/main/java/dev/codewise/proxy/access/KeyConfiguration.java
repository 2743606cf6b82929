package dev.codewise.proxy.access;

import io.r2dbc.spi.ConnectionFactory;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

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
    KeyWatch keyWatch(KeyTable table, KeyRing ring) {
        return new KeyWatch(table, ring);
    }

    @Bean
    LastUse lastUse(KeyTable table) {
        return new LastUse(table, Clock.systemUTC());
    }

    @Bean
    Keys keys(KeyTable table, KeyWatch watch) {
        return new Keys(table, watch, Clock.systemUTC());
    }
}
