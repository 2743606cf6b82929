package dev.codewise.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class InstallCommandTest {

    private static final String SECRET = "0123456789abcdef";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void printsTheFileWithTheOptionsAndWithoutTheSecret() throws IOException {
        assertThat(install("--print", "--secret-file", secretFile(), "--hours", "9-18", "--warm", "2"))
                .isZero();

        assertThat(printed())
                .contains("--url", "http://h:1", "--secret-file", folder + "/secret", "--hours", "9-18", "--warm")
                .doesNotContain(SECRET, "Written");
        assertThat(files()).containsExactly(folder.resolve("secret"));
    }

    @Test
    void writesTheFileAndSaysHowToSwitchItOn() throws IOException {
        assertThat(install("--secret-file", secretFile())).isZero();

        assertThat(files())
                .hasSize(2)
                .anySatisfy(file -> assertThat(file).content().contains("--secret-file"));
        assertThat(printed()).contains("Written: " + folder, "Now run: ");
    }

    @Test
    void makesAUnitThatEndsInGoodOrderAndIsNotStartedInVain() {
        var unit = ServiceFile.systemd(folder, "/bin", List.of("java"));

        assertThat(unit.path()).isEqualTo(folder.resolve(".config/systemd/user/codewise-agent.service"));
        assertThat(unit.content())
                .contains("ExecStart=\"java\"", "KillMode=mixed", "RestartPreventExitStatus=2 4 5 6 10", "[Install]");
    }

    @Test
    void asksForASecretFile() {
        assertThat(install("--print", "--secret", SECRET)).isEqualTo(ExitCode.USAGE.number());

        assertThat(printed()).contains("--secret-file is missing").doesNotContain(SECRET);
    }

    @Test
    void refusesALineBreakInAUnit() throws IOException {
        assertThat(install("--print", "--secret-file", secretFile(), "--claude", "x\nExecStartPre=y"))
                .isEqualTo(ExitCode.USAGE.number());
    }

    @Test
    void quotesWhatMeansSomethingToSystemd() {
        var unit = ServiceFile.systemd(folder, "/a b", List.of("/my java", "50%", "$HOME", "a\"b\\"));

        assertThat(unit.content())
                .contains("ExecStart=\"/my java\" \"50%%\" \"$$HOME\" \"a\\\"b\\\\\"\n", "Environment=\"PATH=/a b\"\n");
    }

    @Test
    void escapesWhatMeansSomethingInAPropertyList() throws Exception {
        var service = ServiceFile.launchd(folder, "/bin", List.of("/java", "<a & b>"));

        var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        builder.setEntityResolver((publicId, systemId) -> new InputSource(new ByteArrayInputStream(new byte[0])));
        var list = builder.parse(new ByteArrayInputStream(service.content().getBytes(StandardCharsets.UTF_8)));
        assertThat(list.getElementsByTagName("string").item(2).getTextContent()).isEqualTo("<a & b>");
        assertThat(service.path()).endsWithRaw(Path.of("Library/LaunchAgents/dev.codewise.agent.plist"));
    }

    private List<Path> files() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private String secretFile() throws IOException {
        return Files.writeString(folder.resolve("secret"), SECRET + "\n").toString();
    }

    private int install(String... arguments) {
        var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        var all = new ArrayList<>(List.of("install-service", "--url", "http://h:1"));
        all.addAll(List.of(arguments));
        return AgentMain.commandLine(Map.of("HOME", folder.toString(), "PATH", "/usr/bin"), out)
                .execute(all.toArray(String[]::new));
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
