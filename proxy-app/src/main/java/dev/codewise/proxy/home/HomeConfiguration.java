package dev.codewise.proxy.home;

import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;

/** Makes the folder known, and secrets bindable. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HomeProperties.class)
class HomeConfiguration {

    @Bean
    CodewiseHome codewiseHome(HomeProperties properties) {
        return new CodewiseHome(properties.path());
    }

    @Bean
    @ConfigurationPropertiesBinding
    static Converter<String, Secret> secretConverter() {
        return new SecretConverter();
    }

    /** A class of its own, because Spring reads the types from its declaration. */
    private static final class SecretConverter implements Converter<String, Secret> {

        @Override
        public Secret convert(String source) {
            return Secret.of(source);
        }
    }
}
