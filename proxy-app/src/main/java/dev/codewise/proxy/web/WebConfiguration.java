package dev.codewise.proxy.web;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Puts the request id on every exchange, and an answer under every failure. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {

    @Bean
    RequestIdFilter requestIdFilter() {
        return new RequestIdFilter();
    }

    @Bean
    ClosingTime closingTime() {
        return new ClosingTime();
    }

    @Bean
    ProblemEdge problemEdge(JsonMapper json) {
        return new ProblemEdge(json);
    }

    @Bean
    StrictText strictText() {
        return new StrictText();
    }
}
