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
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {

    private static final String SECRET = "0123456789abcdef";

    @TempDir
    Path folder;

    private FakeProxy proxy;
    private FakeClaude claude;
    private final Map<String, String> environment = new HashMap<>(Map.of("PATH", System.getenv("PATH")));
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void start() throws IOException {
        proxy = FakeProxy.start();
        proxy.answersAllPosts(404);
        claude = FakeClaude.in(folder).says("Total cost: $0.00");
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    @Test
    void looksAtEverythingInOrder() {
        doctor();

        assertThat(subjects()).containsExactly("Java", "claude", "login", "proxy", "secret", "files");
        assertThat(printed()).contains(FakeClaude.VERSION).doesNotContain(SECRET);
        assertThat(proxy.connects()).isEmpty();
    }

    @Test
    void noticesAClaudeThatAsksNoModel() {

        assertThat(doctor()).isEqualTo(ExitCode.UNPROTECTED.number());

        assertThat(printed()).contains("WRONG files", "asked no model");
    }

    @Test
    void saysHowToGetAClaude() {
        assertThat(doctor("--claude", folder.resolve("none").toString())).isEqualTo(ExitCode.CLI_UNUSABLE.number());

        assertThat(printed()).contains("WRONG claude", "npm install -g @anthropic-ai/claude-code");
        assertThat(subjects()).containsExactly("Java", "claude", "proxy", "secret");
    }

    @Test
    void mentionsAnOldClaude() {
        claude.versionIs("2.1.117 (Claude Code)");

        doctor();

        assertThat(printed()).contains("note  claude", "older than 2.1.118");
    }

    @Test
    void saysHowToLogIn() {
        claude.isLoggedOut();

        assertThat(doctor()).isEqualTo(ExitCode.NOT_LOGGED_IN.number());

        assertThat(printed()).contains("WRONG login", "/login");
    }

    @Test
    void saysThatAKeyOfTheEnvironmentPays() {
        environment.put("ANTHROPIC_API_KEY", "sk-ant-made-up");

        doctor();

        assertThat(printed()).contains("note  login", "ANTHROPIC_API_KEY").doesNotContain("sk-ant-made-up");
    }

    @Test
    void saysWhichLoginPays() {
        doctor();

        assertThat(printed()).contains("ok    login", "oauth_token");
    }

    @Test
    void saysThatNothingListens() {
        proxy.close();

        assertThat(doctor()).isEqualTo(ExitCode.PROXY_UNREACHABLE.number());

        assertThat(printed()).contains("WRONG proxy", "cannot be reached");
        assertThat(subjects()).doesNotContain("secret");
    }

    @Test
    void saysThatSomethingElseListens() {
        assertThat(doctor("--url", proxy.url() + "/elsewhere")).isEqualTo(ExitCode.PROXY_UNREACHABLE.number());

        assertThat(printed()).contains("no Codewise proxy");
    }

    @Test
    void saysThatTheSecretIsWrong() {
        proxy.answersPosts(401);

        assertThat(doctor()).isEqualTo(ExitCode.SECRET_REFUSED.number());

        assertThat(printed()).contains("WRONG secret", "AGENT_SECRET").doesNotContain(SECRET);
    }

    @Test
    void goesOnWithoutAnAddress() {
        assertThat(run("doctor", "--claude", claude.executable().toString())).isEqualTo(ExitCode.USAGE.number());

        assertThat(printed()).contains("WRONG options", "--url is missing");
        assertThat(subjects()).contains("claude", "login", "files");
    }

    private int doctor(String... more) {
        var arguments = Stream.concat(
                Stream.of(
                        "doctor",
                        "--url",
                        proxy.url().toString(),
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
        return AgentMain.commandLine(environment, out)
                .setOverwrittenOptionsAllowed(true)
                .setOut(writer)
                .setErr(writer)
                .execute(arguments);
    }

    private Stream<String> subjects() {
        return printed().lines().map(line -> Arrays.asList(line.split(" +")).get(1));
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
