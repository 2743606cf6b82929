package dev.codewise.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class LeftoversTest {

    /** No agent of this number runs. */
    private static final String OF_A_DEAD_AGENT = "agent-" + Integer.MAX_VALUE + "-1.json";

    private static final List<String> COMMAND =
            List.of("sh", "-c", "sleep 300 & wait", "sh", "-p", "--tools", "", "opus");

    private final JsonMapper json = new JsonMapper();

    @TempDir
    Path folder;

    private Process process;

    @BeforeEach
    void start() throws IOException {
        process = new ProcessBuilder(COMMAND).start();
        await().until(() -> trace().find().isPresent());
    }

    @AfterEach
    void stop() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Test
    void endsAProcessOfADeadAgentAndForgetsIt() throws IOException {
        await().until(() -> process.descendants().count() == 1);
        var child = process.descendants().findFirst().orElseThrow();
        var left = Files.createTempDirectory(folder, "codewise-run-");
        record(OF_A_DEAD_AGENT, new Trace(process.pid(), started(), trace().arguments(), left));

        assertThat(leftovers().end()).isEqualTo(1);

        await().until(() -> !process.isAlive() && !child.isAlive());
        assertThat(left).doesNotExist();
        assertThat(folder.resolve(OF_A_DEAD_AGENT)).doesNotExist();
        assertThat(leftovers().end()).isZero();
    }

    @Test
    void leavesALaterProcessOfTheSameNumberAlone() throws IOException {
        record(OF_A_DEAD_AGENT, new Trace(process.pid(), started() - 60_000, trace().arguments(), folder));

        assertThat(leftovers().end()).isZero();

        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void leavesAProcessOfAnotherCommandAlone() throws IOException {
        record(OF_A_DEAD_AGENT, new Trace(process.pid(), started(), List.of("-p", "--model", "opus"), folder));

        assertThat(leftovers().end()).isZero();

        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void leavesTheProcessesOfAnAgentThatRunsAlone() throws IOException {
        var name = ProcessRecord.nameOf(ProcessHandle.current());
        record(name, trace());

        assertThat(leftovers().end()).isZero();

        assertThat(process.isAlive()).isTrue();
        assertThat(folder.resolve(name)).exists();
    }

    @Test
    void overlooksWhatIsNoRecord() throws IOException {
        Files.writeString(folder.resolve(OF_A_DEAD_AGENT), "[{\"pid\":");
        Files.writeString(folder.resolve("agent-x.json"), "[]");

        assertThat(leftovers().end()).isZero();
        assertThat(new Leftovers(json, folder.resolve("none")).end()).isZero();
    }

    @Test
    void standsInAFileForThisUserOnlyWhileThereIsSomethingToSay() throws IOException {
        var state = folder.resolve("state/codewise");
        var file = state.resolve(ProcessRecord.nameOf(ProcessHandle.current()));
        var record = new ProcessRecord(json, state);

        record.write(List.of(trace()));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(json.readTree(file.toFile()).at("/0/pid").asLong()).isEqualTo(process.pid());
        record.write(List.of());
        assertThat(state).isEmptyDirectory();
    }

    @Test
    void doesNotMindThatNothingCanBeWritten() throws IOException {
        Files.writeString(folder.resolve("file"), "");

        new ProcessRecord(json, folder.resolve("file/codewise")).write(List.of(trace()));

        assertThat(folder.resolve("file")).isRegularFile();
    }

    @Test
    void standsWhereProgramsKeepTheirState() {
        assertThat(ProcessRecord.folder(Map.of("HOME", "/home/ann")))
                .hasValue(Path.of("/home/ann/.local/state/codewise"));
        assertThat(ProcessRecord.folder(Map.of("HOME", "/home/ann", "XDG_STATE_HOME", "/state")))
                .hasValue(Path.of("/state/codewise"));
        assertThat(ProcessRecord.folder(Map.of())).isEmpty();
    }

    private Leftovers leftovers() {
        return new Leftovers(json, folder);
    }

    private void record(String name, Trace trace) throws IOException {
        Files.write(folder.resolve(name), json.writeValueAsBytes(List.of(trace)));
    }

    private Trace trace() {
        return Trace.of(process.toHandle(), COMMAND, folder);
    }

    private long started() {
        return Trace.started(process.toHandle());
    }
}
