package dev.codewise.probe;

import dev.codewise.proxy.database.TestDatabase;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A database with the tables of the proxy, which nobody writes to but by the proxy's own doors. */
@Configuration(proxyBeanMethods = false)
public class ProbeDatabase {

    @Bean
    TestDatabase testDatabase() {
        return TestDatabase.migrated();
    }

    @Bean
    ConnectionFactory connections(TestDatabase database) {
        return ConnectionFactories.get("r2dbc:" + database.url());
    }
}
