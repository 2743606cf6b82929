package dev.codewise.proxy.anthropic;

import dev.codewise.proxy.claude.ClaudePassThrough;
import dev.codewise.proxy.completion.CompletionJournal;
import dev.codewise.proxy.completion.CompletionRouter;
import dev.codewise.proxy.completion.ModelCatalogue;
import dev.codewise.proxy.images.RemoteImages;
import dev.codewise.proxy.web.LongWait;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import tools.jackson.databind.json.JsonMapper;

/** Wires what /v1/messages answers with: the Claude API itself where there is a key for it, whoever is there otherwise. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AnthropicProperties.class)
class AnthropicConfiguration {

    @Bean
    AnthropicErrors anthropicErrors(JsonMapper json) {
        return new AnthropicErrors(json);
    }

    @Bean
    MessageAnswers messageAnswers(AnthropicProperties properties, AnthropicErrors errors, JsonMapper json) {
        var stream = new MessageStream(properties.beat(), json);
        var wait = new LongWait(properties.silence(), properties.beat());
        return new MessageAnswers(stream, wait, errors, json, properties.strict());
    }

    @Bean
    Translated translated(RemoteImages images, CompletionRouter router, MessageAnswers answers, JsonMapper json) {
        return new Translated(images, router, answers, json);
    }

    /** What is asked in the Claude API's own words needs no others where that API can be asked. */
    @Bean
    @Primary
    Messages messages(
            ObjectProvider<ClaudePassThrough> direct,
            Translated translated,
            ModelCatalogue models,
            CompletionJournal journal,
            AnthropicErrors errors) {
        ClaudePassThrough api = direct.getIfAvailable();
        return api == null ? translated : new ByAccount(api, new Verbatim(api, models, journal, errors), translated);
    }
}
