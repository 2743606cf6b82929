package dev.codewise.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResidentMemoryTest {

    @TempDir
    Path processes;

    private final ProcessHandle self = ProcessHandle.current();

    @Test
    void isWhatTheSystemSays() throws IOException {
        var folder = Files.createDirectories(processes.resolve(Long.toString(self.pid())));
        Files.writeString(folder.resolve("status"), "Name:\tclaude\nVmSize:\t 9000 kB\nVmRSS:\t  215040 kB\n");

        assertThat(new ResidentMemory(processes).of(self)).isEqualTo(215_040L * 1024);
    }

    @Test
    void isNothingOfWhatHasGone() {
        assertThat(new ResidentMemory(processes).of(self)).isZero();
    }

    @Test
    void isWhatClaudeUsuallyTakesWhereTheSystemDoesNotSay() {
        assertThat(new ResidentMemory(processes.resolve("none")).of(self)).isEqualTo(210L * 1024 * 1024);
    }
}
