package dev.codewise.proxy.status.setting;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Reads ports and address first of all: Spring Boot reads them in places where a wrong one has lost its name. */
final class ListeningCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Listening.of(context.getEnvironment());
        Listening.requireLegible(System.getenv("PORT"));
    }
}
