package dev.codewise.proxy.claude;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.codewise.fixtures.ApiAnswer;
import dev.codewise.fixtures.FakeAnthropic;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.Origins;
import dev.codewise.proxy.completion.Turn;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.codec.StringDecoder;

/** Neither the key nor what is said gets into a log, however much is logged. */
class SecrecyTest {

    /** Spring's reader of events decodes their lines by this one, whose logging it cannot be told to leave out. */
    private static final Logger LINES = (Logger) LoggerFactory.getLogger(StringDecoder.class);

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<Logger> loggers = Stream.of("dev.codewise", "org.springframework", "reactor", "io.netty")
            .map(name -> (Logger) LoggerFactory.getLogger(name))
            .toList();

    @BeforeEach
    void logEverything() {
        log.start();
        loggers.forEach(logger -> {
            logger.setLevel(Level.TRACE);
            logger.setAdditive(false);
            logger.addAppender(log);
        });
        LINES.setLevel(Level.toLevel(configured("logging.level." + LINES.getName()), Level.TRACE));
    }

    @AfterEach
    void logAsBefore() {
        loggers.forEach(logger -> {
            logger.detachAppender(log);
            logger.setAdditive(true);
            logger.setLevel(null);
        });
        LINES.setLevel(null);
    }

    @Test
    void keepsTheKeyAndTheWordsOutOfTheLogs() throws IOException {
        try (var anthropic = FakeAnthropic.start()) {
            anthropic.says("a confidential reply");
            anthropic.next(ApiAnswer.says("a confidential reply").garblesAfter(1));

            ask(anthropic);
            ask(anthropic);
        }

        assertThat(said()).isNotEmpty();
        assertThat(said().stream()
                        .map(ILoggingEvent::getFormattedMessage)
                        .filter(line -> line.contains(Providers.KEY) || line.contains("confidential")))
                .isEmpty();
    }

    /** Whoever logs holds the appender, and some still do when the answer is there. */
    private List<ILoggingEvent> said() {
        synchronized (log) {
            return List.copyOf(log.list);
        }
    }

    private static @Nullable String configured(String property) {
        var found = new AtomicReference<@Nullable String>();
        new ApplicationContextRunner()
                .withInitializer(new ConfigDataApplicationContextInitializer())
                .run(context -> found.set(context.getEnvironment().getProperty(property)));
        return found.get();
    }

    private static void ask(FakeAnthropic anthropic) {
        var request = new CompletionRequest(
                Origins.origin("req_1"),
                "sonnet",
                "a confidential instruction",
                List.of(Turn.user("a confidential prompt")));
        Providers.patient(anthropic).complete(request).onErrorComplete().blockLast(Duration.ofSeconds(10));
    }
}
