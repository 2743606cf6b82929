package dev.codewise.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.agent.run.Requests;
import dev.codewise.fixtures.FakeClaude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as it is shipped: the jar, started by a bare {@code java -jar}. */
@Tag("long")
class AgentJarIT {

    /** Java does not listen to a signal that was ignored when it began, as it is in what nohup starts. */
    private static final List<String> HANGING_UP_COUNTS =
            System.getProperty("os.name").startsWith("Linux") ? List.of("env", "--default-signal=HUP") : List.of();

    private static final Path JAR = Path.of("target", "codewise-agent.jar");
    private static final String SECRET = "a-secret-of-these-tests";
    private static final long FIVE_MEGABYTES = 5_000_000;

    @TempDir
    Path folder;

    private FakeProxy proxy;
    private FakeClaude claude;
    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        proxy = FakeProxy.start();
        claude = FakeClaude.in(Files.createDirectory(folder.resolve("claude")));
    }

    @AfterEach
    void stop() {
        started.forEach(Process::destroyForcibly);
        proxy.close();
    }

    @Test
    void isSmall() {
        assertThat(JAR.toFile().length()).isLessThan(FIVE_MEGABYTES);
    }

    @Test
    void tellsItsVersionAndItsOptions() throws Exception {
        var version = java("--version");
        var help = java("--help");

        assertThat(exitCode(version)).isZero();
        assertThat(exitCode(help)).isZero();
        assertThat(output()).containsPattern("codewise-agent \\d+\\.\\d+").contains("--secret-file", "Exit codes");
    }

    @Test
    void leavesNoProcessThatWaitsForToolsAtSigterm() throws Exception {
        claude.begins("Let me look.")
                .calls("toolu_1", "mcp__c__look", "{}")
                .waitsForResults()
                .says("Hello");
        var agent = agent();
        proxy.awaitConnection(1);
        proxy.sends(Requests.looking("req_1", null, Requests.user("Hi")));
        assertThat(proxy.awaitEnd("req_1").path("parkedForMs").asLong()).isEqualTo(300_000);
        assertThat(claude.calls().get(0).alive()).isNotEmpty();

        agent.destroy();

        assertThat(exitCode(agent)).isZero();
        assertThat(claude.calls()).allSatisfy(call -> assertThat(call.alive()).isEmpty());
    }

    @Test
    void answersARequestAndEndsAtSigterm() throws Exception {
        claude.says("Hel", "lo");
        var agent = agent();
        proxy.awaitConnection(1);

        proxy.sends(Requests.request("req_1", Requests.user("the prompt")));

        assertThat(proxy.awaitEnd("req_1").path("type").asString()).isEqualTo("complete");
        assertThat(proxy.text("req_1")).isEqualTo("Hello");
        await().until(() -> output().contains("finished"));
        agent.destroy();
        assertThat(exitCode(agent)).isZero();
        assertThat(output())
                .contains("connected to " + proxy.url() + " as laptop-1", "started (opus)", "7 tokens in, 2 out")
                .doesNotContain("the prompt", "Hello", SECRET);
        assertThat(claude.calls().get(0).environment()).doesNotContainKey("AGENT_SECRET");
    }

    @Test
    void finishesWhatRunsBeforeItEndsWithItsTerminal() throws Exception {
        claude.begins("Hel").waitsToBeReleased().says("lo");
        var agent = agent();
        proxy.awaitConnection(1);
        proxy.sends(Requests.request("req_1", Requests.user("Hi")));
        proxy.awaitText("req_1", "Hel");

        new ProcessBuilder("kill", "-HUP", Long.toString(agent.pid())).start().waitFor();
        await().until(() -> output().contains("ending after 1 running"));
        proxy.sends(Requests.request("req_2", Requests.user("Hi")));

        assertThat(proxy.awaitEnd("req_2").at("/error/code").asString()).isEqualTo("busy");
        claude.release();
        assertThat(proxy.awaitEnd("req_1").path("type").asString()).isEqualTo("complete");
        assertThat(exitCode(agent)).isZero();
        assertThat(claude.calls()).hasSize(1);
    }

    @Test
    void stopsWhatRunsAtTheSecondSignal() throws Exception {
        claude.forksAGrandchild().begins("Hel").ignoresSignals();
        var agent = agent();
        proxy.awaitConnection(1);
        proxy.sends(Requests.request("req_1", Requests.user("Hi")));
        proxy.awaitText("req_1", "Hel");

        agent.destroy();
        await().until(() -> output().contains("ending after 1 running"));
        agent.destroy();

        assertThat(exitCode(agent)).isEqualTo(130);
        assertThat(claude.calls().get(0).alive()).isEmpty();
        assertThat(claude.calls().get(0).workingFolder()).doesNotExist();
    }

    @Test
    void goesOnAnsweringAfterTheConnectionWasLost() throws Exception {
        claude.begins("Hel").waitsToBeReleased().says("lo");
        agent();
        proxy.awaitConnection(1);
        proxy.sends(Requests.request("req_1", Requests.user("Hi")));
        proxy.awaitText("req_1", "Hel");

        proxy.hangsUp();
        claude.release();

        assertThat(proxy.awaitEnd("req_1").path("type").asString()).isEqualTo("complete");
        proxy.awaitConnection(2);
    }

    @Test
    void answersWithAProcessThatWaitedAndLeavesNoneBehind() throws Exception {
        claude.says("Hello");
        var agent = agent("--warm", "2", "--models", "opus");
        proxy.awaitConnection(1);
        await().until(() -> claude.waiting().size() == 2);

        proxy.sends(Requests.request("req_1", Requests.user("Hi")));

        assertThat(proxy.awaitEnd("req_1").path("type").asString()).isEqualTo("complete");
        await().until(() -> claude.calls().size() == 3 && claude.waiting().size() == 2);
        agent.destroy();
        assertThat(exitCode(agent)).isZero();
        assertThat(claude.calls()).allSatisfy(call -> assertThat(call.alive()).isEmpty());
        assertThat(claude.calls())
                .allSatisfy(call -> assertThat(call.workingFolder()).doesNotExist());
    }

    @Test
    void leavesNoWaitingProcessBehindWhenItIsKilled() throws Exception {
        var agent = agent("--warm", "2", "--models", "opus");
        proxy.awaitConnection(1);
        await().until(() -> claude.waiting().size() == 2);

        agent.destroyForcibly();

        await().until(() -> claude.waiting().isEmpty());
    }

    @Test
    void endsAfterItsRestartWhatAKillHasLeftBehind() throws Exception {
        claude.forksAGrandchild().begins("Hel").ignoresSignals();
        var killed = agent();
        proxy.awaitConnection(1);
        proxy.sends(Requests.request("req_1", Requests.user("Hi")));
        proxy.awaitText("req_1", "Hel");

        killed.destroyForcibly().waitFor();
        assertThat(claude.calls().get(0).alive()).hasSize(3);
        agent();

        await().untilAsserted(() -> assertThat(claude.calls().get(0).alive()).isEmpty());
        await().until(() -> output().contains("ended 1 claude process"));
        assertThat(claude.calls().get(0).workingFolder()).doesNotExist();
        assertThat(folder.resolve(".local/state/codewise")).isEmptyDirectory();
    }

    private Process agent(String... more) throws IOException {
        return java(Stream.concat(
                        Stream.of(
                                "--url",
                                proxy.url().toString(),
                                "--agent-id",
                                "laptop-1",
                                "--claude",
                                claude.executable().toString()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private Process agent() throws IOException {
        return agent("--warm", "0");
    }

    private Process java(String... arguments) throws IOException {
        var command = new ArrayList<>(HANGING_UP_COUNTS);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-jar");
        command.add(JAR.toAbsolutePath().toString());
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("output").toFile()));
        builder.environment().put("AGENT_SECRET", SECRET);
        builder.environment().put("HOME", folder.toString());
        builder.environment().remove("XDG_STATE_HOME");
        var process = builder.start();
        started.add(process);
        return process;
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertThat(process.waitFor(Duration.ofSeconds(20).toMillis(), TimeUnit.MILLISECONDS))
                .isTrue();
        return process.exitValue();
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output"));
    }
}
