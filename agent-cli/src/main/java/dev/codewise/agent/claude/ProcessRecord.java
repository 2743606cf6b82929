package dev.codewise.agent.claude;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file in which the living processes of this agent stand, for a later agent to end if this one cannot. It is named for this
 * agent, is for this user only, and is gone when there is nothing to say.
 */
final class ProcessRecord {

    private final JsonMapper json;
    private final Path file;

    ProcessRecord(JsonMapper json, Path folder) {
        this.json = json;
        this.file = folder.resolve(nameOf(ProcessHandle.current()));
    }

    /** Where a program of this user keeps such things; nowhere without a home. */
    static Optional<Path> folder(Map<String, String> environment) {
        var state = environment.getOrDefault("XDG_STATE_HOME", "");
        var home = environment.getOrDefault("HOME", "");
        if (state.isEmpty() && home.isEmpty()) {
            return Optional.empty();
        }
        var parent = state.isEmpty() ? Path.of(home, ".local", "state") : Path.of(state);
        return Optional.of(parent.resolve("codewise"));
    }

    static String nameOf(ProcessHandle agent) {
        return "agent-" + agent.pid() + "-" + Trace.started(agent) + ".json";
    }

    /** Where nothing can be written, a crash may leave something behind; that is no reason not to work. */
    void write(List<Trace> traces) {
        try {
            if (traces.isEmpty()) {
                Files.deleteIfExists(file);
            } else {
                replace(json.writeValueAsBytes(traces));
            }
        } catch (IOException | UnsupportedOperationException e) {
            // what stands in the file is checked anyway before anything is ended
        }
    }

    private void replace(byte[] content) throws IOException {
        var mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(file.getParent(), mine);
        // made for this user only from the start
        var next = Files.createTempFile(file.getParent(), "next-", ".tmp");
        Files.write(next, content);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
