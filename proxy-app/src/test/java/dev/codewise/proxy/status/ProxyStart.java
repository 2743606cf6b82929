package dev.codewise.proxy.status;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.codewise.proxy.ProxyApplication;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** A start of the proxy with an environment of its own, whether it succeeds or not, and what it said to the operator. */
public final class ProxyStart implements AutoCloseable {

    private final Logger logger = (Logger) LoggerFactory.getLogger("codewise");
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private @Nullable ConfigurableApplicationContext started;

    private ProxyStart() {}

    /** Starts with these variables and no others; where they leave it open, with free ports and a database that is away; with more beans, if need be. */
    public static ProxyStart with(Map<String, String> variables, Class<?>... more) {
        var all = new HashMap<String, Object>(Map.of(
                "SPRING_CONFIG_LOCATION", "classpath:/application.yaml",
                "LOGGING_LEVEL_CODEWISE", "info",
                "LOGGING_LEVEL_DEV_CODEWISE_PROXY_DATABASE", "off",
                "PORT", "0",
                "MANAGEMENT_PORT", "0",
                "DATABASE_URL", "postgresql://nobody:nothing@127.0.0.1:1/none",
                "AGENT_SECRET", "sixteen-or-more-characters"));
        all.putAll(variables);
        var start = new ProxyStart();
        start.run(all, more);
        return start;
    }

    public static ProxyStart with(String variable, String value) {
        return with(Map.of(variable, value));
    }

    public List<String> said() {
        return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    public int port() {
        return port("local.server.port");
    }

    public int managementPort() {
        return port("local.management.port");
    }

    private int port(String property) {
        return started().getEnvironment().getRequiredProperty(property, Integer.class);
    }

    public <T> T bean(Class<T> type) {
        return started().getBean(type);
    }

    private ConfigurableApplicationContext started() {
        if (started == null) {
            throw new AssertionError("the proxy did not start: " + said());
        }
        return started;
    }

    /** What it is made of, by name. */
    public <T> Map<String, T> beans(Class<T> type) {
        if (started == null) {
            throw new AssertionError("the proxy did not start: " + said());
        }
        return started.getBeansOfType(type);
    }

    @Override
    public void close() {
        if (started != null) {
            started.close();
        }
    }

    private void run(Map<String, Object> variables, Class<?>... more) {
        var application = new SpringApplication(ProxyApplication.class);
        application.addPrimarySources(List.of(more));
        application.setEnvironment(environmentOf(variables));
        application.setRegisterShutdownHook(false);
        application.addListeners(whenLoggingIsSetUp());
        try {
            started = application.run();
        } catch (RuntimeException e) {
            appender.stop(); // the reporter has said why
        } finally {
            logger.setAdditive(true);
            logger.detachAppender(appender);
        }
    }

    private static StandardEnvironment environmentOf(Map<String, Object> variables) {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace("systemEnvironment", new SystemEnvironmentPropertySource("systemEnvironment", variables));
        return environment;
    }

    private ApplicationListener<ApplicationEnvironmentPreparedEvent> whenLoggingIsSetUp() {
        return event -> listen();
    }

    private void listen() {
        appender.start();
        logger.addAppender(appender);
        logger.setAdditive(false);
    }
}
