package dev.codewise.proxy.openai;

import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Wires what the controllers answer with. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OpenAiProperties.class)
class OpenAiConfiguration {

    @Bean
    OpenAiErrors openAiErrors(JsonMapper json) {
        return new OpenAiErrors(json);
    }

    @Bean
    ChatAnswers chatAnswers(OpenAiProperties properties, OpenAiErrors errors, JsonMapper json) {
        return new ChatAnswers(new ChatStream(properties.beat()), errors, json, Clock.systemUTC());
    }

    @Bean
    BodyFilter bodyFilter(OpenAiProperties properties) {
        return new BodyFilter(properties.maxBody());
    }
}
