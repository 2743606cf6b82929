package dev.codewise.proxy.openai.responses;

import dev.codewise.proxy.images.RemoteImages;
import dev.codewise.proxy.openai.AnswerSchemas;
import dev.codewise.proxy.openai.Completions;
import dev.codewise.proxy.openai.OpenAiErrors;
import dev.codewise.proxy.openai.OpenAiProperties;
import dev.codewise.proxy.openai.Strictness;
import dev.codewise.proxy.openai.UsualModel;
import dev.codewise.proxy.pulse.Pulse;
import dev.codewise.proxy.settings.LiveSettings;
import dev.codewise.proxy.web.LiveEvents;
import dev.codewise.proxy.web.LongWait;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.json.JsonMapper;

/** Wires the way of a response: from the question through its run onto the wire, and into the table. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ResponsesProperties.class)
class ResponsesConfiguration {

    private static final Duration CLEANING_PAUSE = Duration.ofMinutes(10);

    @Bean
    ResponseTable responseTable(ConnectionFactory connections) {
        return new ResponseTable(DatabaseClient.create(connections));
    }

    @Bean
    ResponseArchive responseArchive(ResponseTable table) {
        return new ResponseArchive(table);
    }

    @Bean
    KeptItems keptItems(ResponseArchive archive, JsonMapper json) {
        return new KeptItems(archive, json);
    }

    @Bean
    RunningResponses runningResponses() {
        return new RunningResponses();
    }

    @Bean
    ResponseRuns responseRuns(ResponseArchive archive, JsonMapper json) {
        return new ResponseRuns(archive, json, Clock.systemUTC());
    }

    @Bean
    AskedCompletions askedCompletions(
            RemoteImages images,
            AnswerSchemas schemas,
            Completions completions,
            OpenAiProperties properties,
            UsualModel usual) {
        return new AskedCompletions(images, schemas, completions, Strictness.of(properties.strict()), usual);
    }

    @Bean
    ResponseAnswers responseAnswers(LiveEvents live, LongWait wait, OpenAiErrors errors, JsonMapper json) {
        return new ResponseAnswers(live, wait, errors, json);
    }

    @Bean
    Pulse oldResponsesDeleted(
            ResponseTable table, ResponsesProperties properties, ObjectProvider<LiveSettings> settings) {
        var live = settings.getIfAvailable(LiveSettings::none);
        Supplier<Duration> retention = () -> live.keepsResponses(properties.retention());
        return new ResponseCleaner(table, retention, CLEANING_PAUSE, Clock.systemUTC()).pulse();
    }
}
