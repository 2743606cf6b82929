package dev.codewise.proxy.anthropic;

import dev.codewise.proxy.completion.CompletionRouter;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Wires what /v1/messages answers with. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AnthropicProperties.class)
class AnthropicConfiguration {

    @Bean
    AnthropicErrors anthropicErrors(JsonMapper json) {
        return new AnthropicErrors(json);
    }

    @Bean
    MessageAnswers messageAnswers(AnthropicProperties properties, AnthropicErrors errors, JsonMapper json) {
        return new MessageAnswers(new MessageStream(properties.beat(), json), errors, json);
    }

    @Bean
    Translated translated(CompletionRouter router, MessageAnswers answers, JsonMapper json) {
        return new Translated(router, answers, json);
    }
}
