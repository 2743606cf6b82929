package dev.codewise.agent.claude;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** An empty folder for one process to run in, removed after it with all that is in it. */
final class WorkingFolder {

    private static final String PREFIX = "codewise-run-";

    private final Path path;

    private WorkingFolder(Path path) {
        this.path = path;
    }

    static WorkingFolder create() throws IOException {
        return new WorkingFolder(Files.createTempDirectory(PREFIX));
    }

    Path path() {
        return path;
    }

    /** A file that will not go is left to the system's own cleaning of temporary files. */
    void remove() {
        try (var files = Files.walk(path)) {
            files.sorted(Comparator.reverseOrder()).forEach(WorkingFolder::delete);
        } catch (IOException | UncheckedIOException e) {
            path.toFile().deleteOnExit();
        }
    }

    /** For the folder of a process of an earlier agent. */
    static void removeIfEmpty(Path path) {
        if (path.getFileName().toString().startsWith(PREFIX)) {
            // fails where there is something in it
            var unused = path.toFile().delete();
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
