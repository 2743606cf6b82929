package dev.codewise.agent.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.fixtures.ClaudeExecutable;
import dev.codewise.fixtures.RealClaude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RealClaude
class ProtectionCheckIT {

    @TempDir
    Path folder;

    @Test
    void findsThatTheRealClaudeReadsNoFile() {
        var finding = check(ClaudeExecutable.path());

        assertThat(finding.words()).startsWith("claude read no file");
        assertThat(finding.grade()).isEqualTo(Finding.Grade.WELL);
    }

    @Test
    void noticesAClaudeThatReadsFiles() throws IOException {
        var unprotected = Files.writeString(
                folder.resolve("claude"),
                "#!/bin/sh\nunset CLAUDE_CODE_DISABLE_ATTACHMENTS\nexec '" + ClaudeExecutable.path() + "' \"$@\"\n");
        Files.setPosixFilePermissions(unprotected, PosixFilePermissions.fromString("rwx------"));

        var finding = check(unprotected);

        assertThat(finding.words()).contains("sends files of this machine");
        assertThat(finding.isBroken()).isTrue();
    }

    private static Finding check(Path executable) {
        return new ProtectionCheck(executable.toString(), Map.of("PATH", System.getenv("PATH"))).run();
    }
}
