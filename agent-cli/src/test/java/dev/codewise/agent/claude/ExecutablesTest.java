package dev.codewise.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutablesTest {

    @TempDir
    Path folder;

    @Test
    void findsTheFirstProgramOfThatNameOnThePath() throws IOException {
        var first = program("one/tool", "rwxr-xr-x");
        program("two/tool", "rwxr-xr-x");

        assertThat(on("none", "one", "two").find("tool")).contains(first.toString());
    }

    @Test
    void passesOverWhatCannotBeExecutedAndFolders() throws IOException {
        program("one/tool", "rw-r--r--");
        Files.createDirectories(folder.resolve("two/tool"));
        var third = program("three/tool", "rwxr-xr-x");

        assertThat(on("one", "two", "three").find("tool")).contains(third.toString());
    }

    @Test
    void takesANameWithASlashForAFile() throws IOException {
        var tool = program("one/tool", "rwxr-xr-x");

        assertThat(on("one").find(tool.toString())).contains(tool.toString());
        assertThat(on("one").find(folder + "/none")).isEmpty();
    }

    @Test
    void findsNothingWithoutAPath() {
        assertThat(new Executables("").find("sh")).isEmpty();
    }

    private Executables on(String... names) {
        var path = new StringBuilder();
        for (var name : names) {
            path.append(folder.resolve(name)).append(File.pathSeparator);
        }
        return new Executables(path.toString());
    }

    private Path program(String name, String mode) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(folder.resolve(name.substring(0, name.indexOf('/'))));
        Files.createFile(file);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
}
