package dev.codewise.proxy.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what is always there: the meters of generative AI. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TelemetryProperties.class)
class TelemetryConfiguration {

    @Bean
    ModelNames modelNames() {
        return new ModelNames();
    }

    /** Counts into nothing where nobody measures. */
    @Bean
    GenAiMetrics genAiMetrics(ObjectProvider<MeterRegistry> registry, ModelNames models) {
        return new GenAiMetrics(registry.getIfAvailable(CompositeMeterRegistry::new), models);
    }
}
