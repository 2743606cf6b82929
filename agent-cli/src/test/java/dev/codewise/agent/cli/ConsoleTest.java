package dev.codewise.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.agent.run.RunListener.RunEnd;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConsoleTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Console console = new Console(new PrintStream(printed, true, StandardCharsets.UTF_8));

    @Test
    void tellsOfARunInOneLineEachWithTimeAndFigures() {
        console.started("req_k3f9a2bc_4tXchQz1Lm8", "sonnet");
        console.ended("req_k3f9a2bc_4tXchQz1Lm8", new RunEnd("sonnet", "finished", Duration.ofMillis(1250), 12, 34));

        assertThat(lines()[0]).matches("\\d\\d:\\d\\d:\\d\\d  request ..chQz1Lm8 started \\(sonnet\\)");
        assertThat(lines()[1]).endsWith("request ..chQz1Lm8 finished (sonnet, 1.3 s, 12 tokens in, 34 out)");
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

    private String[] lines() {
        return printed.toString(StandardCharsets.UTF_8).split("\\R");
    }
}
