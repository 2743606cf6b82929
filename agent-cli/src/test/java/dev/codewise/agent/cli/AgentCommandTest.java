package dev.codewise.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.agent.FakeProxy;
import dev.codewise.fixtures.FakeClaude;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentCommandTest {

    private static final String SECRET = "0123456789abcdef";

    @TempDir
    Path folder;

    private FakeProxy proxy;
    private FakeClaude claude;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void start() throws IOException {
        proxy = FakeProxy.start();
        claude = FakeClaude.in(folder);
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    @Test
    void explainsItsOptionsAndExitCodes() {
        assertThat(run("--help")).isZero();

        assertThat(printed())
                .contains("--url", "--secret-file", "--agent-id", "--claude", "--max-concurrency", "--models")
                .contains("CODEWISE_URL", "AGENT_SECRET");
        assertThat(Arrays.stream(ExitCode.values()).map(code -> "  " + code.number()))
                .allSatisfy(code -> assertThat(printed()).containsPattern("(?m)^ *" + code.strip() + " "));
    }

    @Test
    void saysInOneSentenceWhatIsMissing() {
        assertThat(run()).isEqualTo(ExitCode.USAGE.number());

        assertThat(printed().lines()).singleElement().asString().startsWith("codewise-agent: --url is missing");
    }

    @Test
    void refusesAnOptionThatDoesNotExist() {
        assertThat(run("--sparkle")).isEqualTo(ExitCode.USAGE.number());

        assertThat(printed().lines()).singleElement().asString().contains("--sparkle", "--help");
    }

    @Test
    void saysHowToGetAClaude() {
        assertThat(runAgainstProxy("--claude", folder.resolve("none").toString()))
                .isEqualTo(ExitCode.CLI_UNUSABLE.number());

        assertThat(printed()).contains("npm install -g @anthropic-ai/claude-code", "log in", "--claude");
    }

    @Test
    void endsWhenTheSecretIsWrongAndSaysWhatToDo() {
        proxy.refusesConnections(401);

        assertThat(runAgainstProxy()).isEqualTo(ExitCode.SECRET_REFUSED.number());

        assertThat(printed()).contains("AGENT_SECRET").doesNotContain(SECRET);
    }

    @Test
    void endsWhenTheProxyRefusesTheAgent() {
        proxy.refusesConnections(400);

        assertThat(runAgainstProxy()).isEqualTo(ExitCode.AGENT_REFUSED.number());
    }

    @Test
    void warnsAboutAnOldClaude() {
        proxy.refusesConnections(400);
        claude.versionIs("2.1.117 (Claude Code)");

        runAgainstProxy();

        assertThat(printed()).contains("2.1.117", "older than 2.1.118");
    }

    private int runAgainstProxy(String... more) {
        var arguments = Stream.concat(
                Stream.of(
                        "--url",
                        proxy.url().toString(),
                        "--agent-id",
                        "laptop-1",
                        "--claude",
                        claude.executable().toString(),
                        "--secret",
                        SECRET),
                Stream.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private int run(String... arguments) {
        var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        var writer = new PrintWriter(printed, true, StandardCharsets.UTF_8);
        return AgentMain.commandLine(Map.of("PATH", System.getenv("PATH")), out)
                .setOverwrittenOptionsAllowed(true)
                .setOut(writer)
                .setErr(writer)
                .execute(arguments);
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
