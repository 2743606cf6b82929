package dev.codewise.proxy.ledger;

import dev.codewise.proxy.prices.Prices;
import dev.codewise.proxy.pulse.Pulse;
import dev.codewise.proxy.settings.LiveSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

/** Wires the way of an entry: from the event through the queue into the table. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LedgerProperties.class)
class LedgerConfiguration {

    /** About two megabytes, and a minute's worth of far more requests than a house of agents can answer. */
    private static final int LONGEST_QUEUE = 10_000;

    @Bean
    LedgerMetrics ledgerMetrics(MeterRegistry registry) {
        return new LedgerMetrics(registry);
    }

    @Bean
    LedgerQueue ledgerQueue(LedgerMetrics metrics) {
        return new LedgerQueue(LONGEST_QUEUE, metrics);
    }

    @Bean
    LedgerListener ledgerListener(LedgerQueue queue) {
        return new LedgerListener(queue);
    }

    @Bean
    LedgerWriter ledgerWriter(LedgerQueue queue, DatabaseClient client, Prices prices, LedgerMetrics metrics) {
        return new LedgerWriter(queue, new LedgerTable(client, prices), metrics);
    }

    @Bean
    Pulse ledgerWritten(LedgerWriter writer) {
        return writer.pulse();
    }

    @Bean
    Pulse ledgerMonthsKept(DatabaseClient client, LedgerProperties properties, ObjectProvider<LiveSettings> settings) {
        var live = settings.getIfAvailable(LiveSettings::none);
        Supplier<Optional<Duration>> retention = () -> live.keepsLedger(properties.retention());
        return new LedgerMonths(client, retention, Clock.systemUTC()).pulse();
    }

    @Bean
    UsageTable usageTable(DatabaseClient client) {
        return new UsageTable(client);
    }

    @Bean
    RequestTable requestTable(DatabaseClient client) {
        return new RequestTable(client);
    }
}
