package dev.codewise.proxy.anthropic;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Gives failures under /v1/messages their shape. */
@Configuration(proxyBeanMethods = false)
class AnthropicConfiguration {

    @Bean
    AnthropicErrors anthropicErrors(JsonMapper json) {
        return new AnthropicErrors(json);
    }
}
