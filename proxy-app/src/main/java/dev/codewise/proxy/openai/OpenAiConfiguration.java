package dev.codewise.proxy.openai;

import dev.codewise.proxy.completion.CompletionRouter;
import dev.codewise.proxy.images.RemoteImages;
import dev.codewise.proxy.settings.LiveSettings;
import dev.codewise.proxy.web.JsonPost;
import dev.codewise.proxy.web.LiveEvents;
import dev.codewise.proxy.web.LongWait;
import java.time.Clock;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
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
    AnswerSchemas answerSchemas() {
        return new AnswerSchemas();
    }

    @Bean
    LiveEvents liveEvents(OpenAiProperties properties) {
        return new LiveEvents(properties.beat(), LiveEvents.COMMENT);
    }

    @Bean
    LongWait longWait(OpenAiProperties properties) {
        return new LongWait(properties.silence(), properties.beat());
    }

    @Bean
    AnswerWriter answerWriter(LiveEvents live, LongWait wait, OpenAiErrors errors, JsonMapper json) {
        return new AnswerWriter(live, wait, errors, json, Clock.systemUTC());
    }

    @Bean
    Completions completions(CompletionRouter router) {
        return new Completions(router);
    }

    @Bean
    ChatAnswers chatAnswers(Completions completions, AnswerWriter writer, OpenAiProperties properties) {
        return new ChatAnswers(completions, writer, new Repeats(Clock.systemUTC()), Strictness.of(properties.strict()));
    }

    @Bean
    UsualModel usualModel(ObjectProvider<LiveSettings> settings) {
        return new UsualModel(settings.getIfAvailable(LiveSettings::none));
    }

    @Bean
    HandlerMapping chatPath(
            RemoteImages images,
            ChatAnswers answers,
            AnswerSchemas schemas,
            UsualModel usual,
            ServerCodecConfigurer codecs) {
        var chat = new ChatController(images, answers, schemas, usual);
        var path = new JsonPost<>(ChatRequest.class, codecs, chat::complete);
        return new SimpleUrlHandlerMapping(Map.of("/v1/chat/completions", path), Ordered.HIGHEST_PRECEDENCE);
    }

    @Bean
    BodyFilter bodyFilter(OpenAiProperties properties) {
        return new BodyFilter(properties.maxBody());
    }
}
