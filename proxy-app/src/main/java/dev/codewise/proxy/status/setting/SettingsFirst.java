package dev.codewise.proxy.status.setting;

import java.util.stream.Stream;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.reactive.ConfigurableReactiveWebServerFactory;
import org.springframework.core.env.Environment;

/**
 * Reads every setting while the HTTP server is being set up, which is the first thing of all: so that no database is
 * started, and no secret made, for a start that a wrong value ends.
 */
final class SettingsFirst implements WebServerFactoryCustomizer<ConfigurableReactiveWebServerFactory> {

    private static final String OUR_PREFIX = "codewise.";

    private final ListableBeanFactory beans;
    private final Environment environment;

    SettingsFirst(ListableBeanFactory beans, Environment environment) {
        this.beans = beans;
        this.environment = environment;
    }

    @Override
    public void customize(ConfigurableReactiveWebServerFactory factory) {
        Stream.of(beans.getBeanNamesForAnnotation(ConfigurationProperties.class))
                .filter(name -> name.startsWith(OUR_PREFIX))
                .forEach(beans::getBean);
        Listening.of(environment).requireFree();
    }
}
