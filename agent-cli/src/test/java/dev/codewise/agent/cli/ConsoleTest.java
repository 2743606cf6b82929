package dev.codewise.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.agent.run.RunListener.RunEnd;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ConsoleTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    private final Console console = new Console(out);

    @Test
    void tellsOfARunInOneLineEachWithTimeAndFigures() {
        console.started("req_k3f9a2bc_4tXchQz1Lm8", "sonnet");
        console.ended("req_k3f9a2bc_4tXchQz1Lm8", new RunEnd("sonnet", "finished", Duration.ofMillis(1250), 12, 34));

        assertThat(lines()[0]).matches("\\d\\d:\\d\\d:\\d\\d  request ..chQz1Lm8 started \\(sonnet\\)");
        assertThat(lines()[1]).endsWith("request ..chQz1Lm8 finished (sonnet, 1.3 s, 12 tokens in, 34 out)");
    }

    @Test
    void tellsThatClaudeTriesAgainAndWhy() {
        console.retrying("req_k3f9a2bc_4tXchQz1Lm8", 2, 529);
        console.retrying("req_1", 1, 0);

        assertThat(lines()[0])
                .endsWith("request ..chQz1Lm8 goes on: claude tries again (2), for its service answers 529");
        assertThat(lines()[1])
                .endsWith("request req_1 goes on: claude tries again (1), for its service cannot be reached");
    }

    @Test
    void leavesOutFiguresThatThereAreNot() {
        console.ended("req_1", new RunEnd("sonnet", "failed: cli_exit", Duration.ofMillis(40), 0, 0));

        assertThat(lines()[0]).endsWith("request req_1 failed: cli_exit (sonnet, 0.0 s)");
    }

    @Test
    void letsNothingMoveTheCursor() {
        console.started("req_1", "so\u001b[2Jnnet\n\u0007");

        assertThat(lines()).singleElement().asString().endsWith("(so?[2Jnnet??)");
    }

    @Test
    void saysOnlyWhatSomebodyShouldLookAtWhenItIsQuiet() {
        var quiet = new Console(out, LogFormat.TEXT, true);

        quiet.say("connected");
        quiet.started("req_1", "opus");
        quiet.warn("not connected");
        quiet.problem("refused");

        assertThat(lines())
                .satisfiesExactly(
                        line -> assertThat(line).endsWith("  not connected"),
                        line -> assertThat(line).isEqualTo("codewise-agent: refused"));
    }

    @Test
    void writesAnObjectALineForPrograms() {
        var forPrograms = new Console(out, LogFormat.JSON, false);

        forPrograms.warn("not \"connected\"");
        forPrograms.ended("req_1", new RunEnd("opus", "finished", Duration.ofMillis(1250), 12, 34));

        var lines = Arrays.stream(lines()).map(new JsonMapper()::readTree).toList();
        assertThat(lines.get(0).path("level").asString()).isEqualTo("warn");
        assertThat(lines.get(0).path("message").asString()).isEqualTo("not \"connected\"");
        assertThat(Instant.parse(lines.get(0).path("time").asString())).isBeforeOrEqualTo(Instant.now());
        assertThat(lines.get(1).path("requestId").asString()).isEqualTo("req_1");
        assertThat(lines.get(1).path("ms").asInt()).isEqualTo(1250);
        assertThat(lines.get(1).path("outputTokens").asInt()).isEqualTo(34);
    }

    private String[] lines() {
        return printed.toString(StandardCharsets.UTF_8).split("\\R");
    }
}
