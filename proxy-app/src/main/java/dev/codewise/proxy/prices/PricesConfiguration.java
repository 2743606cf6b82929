package dev.codewise.proxy.prices;

import dev.codewise.proxy.completion.ModelCatalogue;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads the prices when the proxy starts, and never again. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PricesProperties.class)
class PricesConfiguration {

    @Bean
    Prices prices(PricesProperties properties, ModelCatalogue models) {
        return new Prices(properties.prices().tariffs(), models);
    }
}
