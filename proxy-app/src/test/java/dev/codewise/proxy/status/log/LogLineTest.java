package dev.codewise.proxy.status.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import dev.codewise.proxy.web.TraceIds;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

class LogLineTest {

    private static final int LONGEST = 8 * 1024;

    private final LoggerContext context = new LoggerContext();
    private final Logger log = context.getLogger("dev.codewise.proxy.Example");
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @BeforeEach
    void readTheConfigurationOfTheProxy() throws JoranException {
        configure("text");
    }

    private void configure(String format) throws JoranException {
        context.reset();
        context.putProperty("FORMAT", format);
        out.reset();
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

    @Test
    void aRequestsLineNamesItsTraceToo() {
        TraceIds.note("req_traced", "4bf92f3577b34da6a3ce929d0e0e4736");

        log.atInfo()
                .addKeyValue("requestId", "req_traced")
                .addKeyValue("agentId", "a")
                .log("An agent took a request");

        assertThat(printed())
                .endsWith("request requestId=req_traced traceId=4bf92f3577b34da6a3ce929d0e0e4736 agentId=a\n");
    }

    @Test
    void isOneJsonObjectWhereThatIsWished() throws JoranException {
        configure("json");
        TraceIds.note("req_json", "4bf92f3577b34da6a3ce929d0e0e4736");

        log.atInfo().addKeyValue("requestId", "req_json").log("Agent connected");

        assertThat(json())
                .containsEntry("level", "INFO")
                .containsEntry("logger", "dev.codewise.proxy.Example")
                .containsEntry("message", "Agent connected")
                .containsEntry("requestId", "req_json")
                .containsEntry("traceId", "4bf92f3577b34da6a3ce929d0e0e4736")
                .containsKey("timestamp")
                .hasSize(6);
    }

    @Test
    void holdsInJsonWhatStrangersWriteWithinItsValue() throws JoranException {
        configure("json");

        log.atInfo()
                .addKeyValue("agentId", "x\",\"level\":\"ERROR\"}\r\n{\"a\":\"\u2028\u202e")
                .addKeyValue("level", "FAKED")
                .log("ends \n here\u001b[31m\",\"message\":\"faked");

        assertThat(printed().strip()).doesNotContainPattern("[\\p{Cntrl}\\u2028\\u0085\\u202e]");
        assertThat(json())
                .containsEntry("level", "INFO")
                .containsEntry("message", "ends \\n here\\u001b[31m\",\"message\":\"faked")
                .containsEntry("agentId", "x\",\"level\":\"ERROR\"}\\r\\n{\"a\":\"\\u2028\\u202e");
    }

    @Test
    void hasAnEndInJsonToo() throws JoranException {
        configure("json");

        log.atInfo().addKeyValue("agentId", "\"".repeat(100_000)).log("{}", "\"ä€\n".repeat(500_000));

        assertThat(out.size()).isBetween(LONGEST / 4, LONGEST);
        assertThat(json()).extractingByKey("message").asString().endsWith("…");
    }

    @Test
    void keepsAnExceptionInItsJsonLine() throws JoranException {
        configure("json");

        log.warn("It failed", new IllegalStateException("first\nWARN faked"));

        assertThat(json())
                .extractingByKey("exception")
                .asString()
                .startsWith("java.lang.IllegalStateException: first\\nWARN faked\n        at dev.codewise.");
    }

    /** The one line, as who collects the log reads it. */
    private Map<String, Object> json() {
        assertThat(printed().lines()).hasSize(1);
        return JsonMapper.shared().readValue(printed(), new TypeReference<>() {});
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
