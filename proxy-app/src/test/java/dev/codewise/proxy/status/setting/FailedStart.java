package dev.codewise.proxy.status.setting;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.codewise.proxy.ProxyApplication;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** A start of the proxy, with an environment of its own, that did not succeed: what it said at last. */
record FailedStart(List<String> said) {

    /** Starts with these variables and no others; where they leave it open, with free ports and a server that is not there. */
    static FailedStart with(Map<String, String> variables) {
        var all = new HashMap<String, Object>(Map.of(
                "SPRING_CONFIG_LOCATION", "classpath:/application.yaml",
                "PORT", "0",
                "MANAGEMENT_PORT", "0",
                "DATABASE_URL", "postgresql://nobody:nothing@127.0.0.1:1/none",
                "AGENT_SECRET", "sixteen-or-more-characters"));
        all.putAll(variables);
        var application = new SpringApplication(ProxyApplication.class);
        application.setEnvironment(environmentOf(all));
        return new FailedStart(LastWords.of(application));
    }

    static FailedStart with(String variable, String value) {
        return with(Map.of(variable, value));
    }

    private static StandardEnvironment environmentOf(Map<String, Object> variables) {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace("systemEnvironment", new SystemEnvironmentPropertySource("systemEnvironment", variables));
        return environment;
    }

    /** Listens to the reporter's logger while an application fails, from when its logging is set up. */
    private static final class LastWords {

        private final Logger logger = (Logger) LoggerFactory.getLogger("codewise");
        private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

        static List<String> of(SpringApplication application) {
            var words = new LastWords();
            application.addListeners(words.whenLoggingIsSetUp());
            try (var started = application.run()) {
                throw new AssertionError("the proxy started, at " + started.getDisplayName());
            } catch (RuntimeException expected) {
                return words.heard();
            } finally {
                words.stopListening();
            }
        }

        private ApplicationListener<ApplicationEnvironmentPreparedEvent> whenLoggingIsSetUp() {
            return event -> listen();
        }

        private void listen() {
            appender.start();
            logger.addAppender(appender);
            logger.setAdditive(false);
        }

        private List<String> heard() {
            return appender.list.stream()
                    .map(ILoggingEvent::getFormattedMessage)
                    .toList();
        }

        private void stopListening() {
            logger.setAdditive(true);
            logger.detachAppender(appender);
        }
    }
}
