package dev.codewise.proxy.completion;

import java.time.Clock;
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
            ObjectProvider<Provider> providers, ModelCatalogue models, ApplicationEventPublisher events) {
        return new CompletionRouter(
                providers.orderedStream().toList(), models, events::publishEvent, Clock.systemUTC());
    }

    @Bean
    CompletionJournal completionJournal(ApplicationEventPublisher events) {
        return new CompletionJournal(events::publishEvent, Clock.systemUTC());
    }
}
