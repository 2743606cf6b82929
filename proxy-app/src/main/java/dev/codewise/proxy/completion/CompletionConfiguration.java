package dev.codewise.proxy.completion;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the router to the providers there are, in the order they ask for. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CompletionProperties.class)
class CompletionConfiguration {

    @Bean
    ModelCatalogue modelCatalogue(CompletionProperties properties, ObjectProvider<ModelSource> sources) {
        return new ModelCatalogue(
                properties.modelAliases(), sources.orderedStream().toList());
    }

    @Bean
    CompletionRouter completionRouter(
            ObjectProvider<Provider> providers,
            ModelCatalogue models,
            ObjectProvider<Admission> admission,
            CompletionListener listener) {
        return new CompletionRouter(
                providers.orderedStream().toList(), models, whoeverDecides(admission), listener, Clock.systemUTC());
    }

    /** Counts into nothing where nobody measures. */
    @Bean
    CompletionListener completionListener(ObjectProvider<MeterRegistry> registry, ApplicationEventPublisher events) {
        return new CompletionMetrics(registry.getIfAvailable(CompositeMeterRegistry::new), events::publishEvent);
    }

    @Bean
    CompletionJournal completionJournal(
            ModelCatalogue models, ObjectProvider<Admission> admission, CompletionListener listener) {
        return new CompletionJournal(models, whoeverDecides(admission), listener, Clock.systemUTC());
    }

    /** In their order, so that the last one is asked only about what all others let begin. */
    private static Admission whoeverDecides(ObjectProvider<Admission> admission) {
        List<Admission> all = admission.orderedStream().toList();
        return (origin, model, demand) -> all.forEach(one -> one.admit(origin, model, demand));
    }
}
