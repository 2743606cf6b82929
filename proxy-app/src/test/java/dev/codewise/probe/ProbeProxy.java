package dev.codewise.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.util.FileSystemUtils;

/** The proxy's web edge and its doors on a random port, with {@link ProbeRooms} behind them above a database of its own; it leaves the logging as it is. */
public final class ProbeProxy implements AutoCloseable {

    public static final String AGENT_SECRET = "canary-agents-4711-abcdef";
    public static final String API_KEY = "canary-client-0815-abcdef";

    private static final String DATABASE = "org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration,"
            + "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration,"
            + "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration";

    @EnableAutoConfiguration
    @ComponentScan({"dev.codewise.proxy.access", "dev.codewise.proxy.home", "dev.codewise.proxy.web"})
    private static final class House {}

    @Import({ProbeRooms.class, ProbeDatabase.class})
    private static final class Furnished {}

    private final ConfigurableApplicationContext context;
    private final Path home;

    private ProbeProxy(ConfigurableApplicationContext context, Path home) {
        this.context = context;
        this.home = home;
    }

    /** Without a key, unless a setting such as {@code codewise.access.api-key=…} gives it one. */
    public static ProbeProxy start(String... settings) {
        return start(Furnished.class, settings);
    }

    public static ProbeProxy start(Class<?> more, String... settings) {
        Path home = newFolder();
        try {
            return new ProbeProxy(run(home, more, settings), home);
        } catch (RuntimeException e) {
            delete(home);
            throw e;
        }
    }

    private static ConfigurableApplicationContext run(Path home, Class<?> more, String... settings) {
        var usual = Stream.of(
                "spring.autoconfigure.exclude=" + DATABASE,
                "server.port=0",
                "server.address=127.0.0.1",
                "server.max-http-request-header-size=16KB",
                "management.server.port=0",
                "management.server.address=127.0.0.1",
                "management.endpoints.web.exposure.include=*",
                "management.endpoint.env.show-values=always",
                "codewise.home.folder=" + home,
                "codewise.access.agent-secret=" + AGENT_SECRET);
        var application = new SpringApplication(House.class, more);
        application.setRegisterShutdownHook(false);
        application.setListeners(application.getListeners().stream()
                .filter(listener -> !(listener instanceof LoggingApplicationListener))
                .toList());
        return application.run(Stream.concat(usual, Arrays.stream(settings))
                .map(setting -> "--" + setting)
                .toArray(String[]::new));
    }

    public int port() {
        return port("local.server.port");
    }

    public int managementPort() {
        return port("local.management.port");
    }

    private int port(String property) {
        return context.getEnvironment().getRequiredProperty(property, Integer.class);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public RawHttp http() {
        return new RawHttp(port());
    }

    public RawHttp management() {
        return new RawHttp(managementPort());
    }

    @Override
    public void close() {
        context.close();
        delete(home);
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("codewise-probe");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
