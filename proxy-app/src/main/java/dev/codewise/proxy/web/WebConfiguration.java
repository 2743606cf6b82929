package dev.codewise.proxy.web;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the request id on every exchange. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {

    @Bean
    RequestIdFilter requestIdFilter() {
        return new RequestIdFilter();
    }
}
