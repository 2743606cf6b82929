package dev.codewise.proxy.limits;

import dev.codewise.proxy.prices.Prices;
import dev.codewise.proxy.pulse.Pulse;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.r2dbc.spi.ConnectionFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

/** Wires the limits: from the keys into accounts, in front of what asks models, and behind what has been answered. */
@Configuration(proxyBeanMethods = false)
class LimitsConfiguration {

    /** Tests move the clocks; nobody else has others. */
    @Bean
    Accounts accounts(ObjectProvider<LimitTime> time) {
        return new Accounts(time.getIfAvailable(LimitTime::system));
    }

    /** Counts into nothing where nobody measures. */
    @Bean
    LimitMetrics limitMetrics(ObjectProvider<MeterRegistry> registry) {
        return new LimitMetrics(registry.getIfAvailable(CompositeMeterRegistry::new));
    }

    @Bean
    LimitFilter limitFilter(Accounts accounts, LimitMetrics metrics) {
        return new LimitFilter(accounts, metrics);
    }

    @Bean
    Limiter limiter(Accounts accounts, Prices prices, LimitMetrics metrics) {
        return new Limiter(accounts, new Costs(prices, metrics), metrics);
    }

    @Bean
    EarlierSpending earlierSpending(Accounts accounts, ConnectionFactory database, Prices prices) {
        return new EarlierSpending(accounts, new SpendingTable(DatabaseClient.create(database), prices));
    }

    @Bean
    Pulse earlierSpendingRead(EarlierSpending spending) {
        return spending.pulse();
    }

    @Bean
    LimitReadings limitReadings(Accounts accounts) {
        return new LimitReadings(accounts);
    }
}
