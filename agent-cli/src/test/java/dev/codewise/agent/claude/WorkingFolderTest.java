package dev.codewise.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkingFolderTest {

    @TempDir
    Path elsewhere;

    @Test
    void isAnotherOneEachTimeAndReadableByItsOwnerAlone() throws IOException {
        var one = WorkingFolder.create();
        var other = WorkingFolder.create();

        assertThat(one.path()).isEmptyDirectory().isNotEqualTo(other.path());
        assertThat(Files.getPosixFilePermissions(one.path())).hasSize(3);

        one.remove();
        other.remove();
    }

    @Test
    void goesWithAllThatIsInItButNotWithWhatItPointsTo() throws IOException {
        var folder = WorkingFolder.create();
        var precious = Files.writeString(elsewhere.resolve("precious"), "kept");
        Files.createDirectories(folder.path().resolve("a/b"));
        Files.writeString(folder.path().resolve("a/b/file"), "x");
        Files.createSymbolicLink(folder.path().resolve("link"), elsewhere);

        folder.remove();

        assertThat(folder.path()).doesNotExist();
        assertThat(precious).exists();
    }

    @Test
    void mayBeGoneAlready() throws IOException {
        var folder = WorkingFolder.create();
        Files.delete(folder.path());

        folder.remove();

        assertThat(folder.path()).doesNotExist();
    }
}
