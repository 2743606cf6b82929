package dev.codewise.proxy.home;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the folder known. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HomeProperties.class)
class HomeConfiguration {

    @Bean
    CodewiseHome codewiseHome(HomeProperties properties) {
        return new CodewiseHome(properties.path());
    }
}
