package dev.codewise.proxy.status.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogLineTest {

    private static final int LONGEST = 8 * 1024;

    private final LoggerContext context = new LoggerContext();
    private final Logger log = context.getLogger("dev.codewise.proxy.Example");
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @BeforeEach
    void readTheConfigurationOfTheProxy() throws JoranException {
        var configurator = new JoranConfigurator();
        context.setMDCAdapter(new LogbackMDCAdapter());
        configurator.setContext(context);
        configurator.doConfigure(Objects.requireNonNull(
                LogLineTest.class.getResource("/logback-spring.xml"), "the log's configuration"));
        var console = (ConsoleAppender<ILoggingEvent>) context.getLogger("ROOT").getAppender("CONSOLE");
        console.setOutputStream(out);
    }

    @Test
    void saysWhenHowSeriousAndWhereFrom() {
        log.info("Agent connected");

        assertThat(printed()).matches("\\d{4}-\\d\\d-\\d\\dT\\S+ INFO  Example: Agent connected\n");
    }

    @Test
    void keyValuesFollowTheMessage() {
        log.atInfo()
                .addKeyValue("agentId", "laptop")
                .addKeyValue("models", "opus a=b")
                .log("Agent connected");

        assertThat(printed()).endsWith("Agent connected agentId=laptop models=\"opus a=b\"\n");
    }

    @Test
    void whatStrangersWriteStaysOnItsLine() {
        log.atInfo()
                .addKeyValue("agentId", "x\r\n2026-01-01 ERROR faked")
                .log("ends \n here\u001b[31m\u2028\u0085\u202e");

        assertThat(printed().strip()).doesNotContainPattern("[\\p{Cntrl}\\u2028\\u0085\\u202e]");
        assertThat(printed())
                .contains("ends \\n here\\u001b[31m\\u2028\\u0085\\u202e", "x\\r\\n2026-01-01 ERROR faked");
    }

    @Test
    void aLineHasAnEnd() {
        log.info("{}", "ä€\n".repeat(500_000));

        assertThat(out.size()).isBetween(LONGEST / 4, LONGEST);
        assertThat(printed()).endsWith("…\n").doesNotContain("€\n");
    }

    @Test
    void anExceptionsWordsStayOnTheirLineToo() {
        log.warn("It failed", new IllegalStateException("first\nWARN faked", new IllegalArgumentException("cause")));

        assertThat(printed())
                .contains("\n    java.lang.IllegalStateException: first\\nWARN faked\n")
                .contains("\n    java.lang.IllegalArgumentException: cause\n")
                .contains("\n        at dev.codewise.proxy.status.log.LogLineTest.");
    }

    @Test
    void whatIsWrongIsToldHoweverOftenItIsWrapped() {
        var failure = new IllegalArgumentException("what is wrong");
        for (int wrapper = 1; wrapper <= 8; wrapper++) {
            failure = new IllegalArgumentException("wrapper " + wrapper, failure);
        }

        log.warn("It failed", failure);

        assertThat(printed()).contains(": wrapper 8\n", ": what is wrong\n").doesNotContain("wrapper 1\n");
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
