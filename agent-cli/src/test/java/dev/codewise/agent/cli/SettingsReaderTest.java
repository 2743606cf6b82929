package dev.codewise.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codewise.agent.claude.ParkingRoom;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class SettingsReaderTest {

    private static final String SECRET = "0123456789abcdef";

    @TempDir
    Path folder;

    private final Map<String, String> environment =
            new HashMap<>(Map.of("CODEWISE_URL", "http://127.0.0.1:8080", "AGENT_SECRET", SECRET));

    @Test
    void hasDefaultsForAllButAddressAndSecret() {
        var settings = read();

        assertThat(settings.proxy().url()).isEqualTo(URI.create("http://127.0.0.1:8080"));
        assertThat(settings.proxy().secret()).isEqualTo(SECRET);
        assertThat(settings.proxy().agentId()).isEqualTo(HostName.asAgentId());
        assertThat(settings.claude()).isEqualTo("claude");
        assertThat(settings.maxConcurrency()).isEqualTo(4);
        assertThat(settings.warm()).isEqualTo(1);
        assertThat(settings.parking()).isEqualTo(new ParkingRoom(Duration.ofMinutes(5), 16, 1000L * 1024 * 1024));
        assertThat(settings.models()).isEmpty();
    }

    @Test
    void takesEveryOptionBeforeTheEnvironment() {
        var settings = read(
                "--url", "https://proxy.example/base/",
                "--secret", "another-secret-of-mine",
                "--agent-id", "laptop-1",
                "--claude", "/opt/claude",
                "--max-concurrency", "64",
                "--warm", "16",
                "--park-minutes", "0",
                "--parked-memory", "4000",
                "--models", "sonnet, opus");

        assertThat(settings.proxy().url()).hasHost("proxy.example");
        assertThat(settings.proxy().secret()).isEqualTo("another-secret-of-mine");
        assertThat(settings.proxy().agentId()).isEqualTo("laptop-1");
        assertThat(settings.claude()).isEqualTo("/opt/claude");
        assertThat(settings.maxConcurrency()).isEqualTo(64);
        assertThat(settings.warm()).isEqualTo(16);
        assertThat(settings.parking()).isEqualTo(new ParkingRoom(Duration.ZERO, 16, 4000L * 1024 * 1024));
        assertThat(settings.models()).containsExactly("sonnet", "opus");
    }

    @Test
    void takesItsNameFromItsToken() {
        var token = "cwa_my_lap-top_" + "x".repeat(43);

        assertThat(read("--secret", token).proxy().agentId()).isEqualTo("my_lap-top");
        assertThat(read("--secret", token, "--agent-id", "my_lap-top").proxy().secret())
                .isEqualTo(token);
        assertThatThrownBy(() -> read("--secret", token, "--agent-id", "my_lap"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("--agent-id is my_lap")
                .hasMessageNotContaining("xxx");
    }

    @ParameterizedTest
    @CsvSource({
        "http://h:1, http://h:1/api/agent/connect",
        "http://h:1/, http://h:1/api/agent/connect",
        "https://h/base, https://h/base/api/agent/connect",
        "https://h/base/, https://h/base/api/agent/connect",
    })
    void putsThePathBehindTheAddress(String url, String endpoint) {
        assertThat(read("--url", url).proxy().endpoint("/api/agent/connect")).hasToString(endpoint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8080", "ftp://h", "http://", "http:///x", "http://h?x=1", "a b", "/x"})
    void refusesWhatIsNoAddress(String url) {
        assertThatThrownBy(() -> read("--url", url))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("--url")
                .hasMessageContaining("http://127.0.0.1:8080");
    }

    @Test
    void refusesAPasswordInTheAddress() {
        assertThatThrownBy(() -> read("--url", "http://me:pass@h")).hasMessageContaining("--secret-file");
    }

    @ParameterizedTest
    @CsvSource({"CODEWISE_URL, --url", "AGENT_SECRET, --secret"})
    void takesAnEmptyVariableForNone(String variable, String option) {
        environment.put(variable, "");

        assertThatThrownBy(() -> read()).hasMessageStartingWith(option + " is missing");
    }

    @Test
    void readsTheSecretFromTheFirstLineOfAFile() throws IOException {
        var file = Files.writeString(folder.resolve("secret"), "  a-secret-in-a-file \nand a remark\n");

        assertThat(read("--secret-file", file.toString()).proxy().secret()).isEqualTo("a-secret-in-a-file");
    }

    @Test
    void refusesASecretFileThatHasNone() throws IOException {
        var empty = Files.writeString(folder.resolve("empty"), "\n");
        var large = Files.writeString(folder.resolve("large"), "x".repeat(5000));
        var binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe});

        assertThatThrownBy(() -> read("--secret-file", empty.toString())).hasMessageContaining("is empty");
        assertThatThrownBy(() -> read("--secret-file", large.toString())).hasMessageContaining("too large");
        assertThatThrownBy(() -> read("--secret-file", binary.toString())).hasMessageContaining("no text");
        assertThatThrownBy(() -> read("--secret-file", "/no/such/file")).hasMessageContaining("cannot be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "with a blank in it 123", "umlautä-0123456789"})
    void refusesWhatCannotBeASecretWithoutRepeatingIt(String secret) {
        assertThatThrownBy(() -> read("--secret", secret))
                .hasMessageStartingWith("--secret must be")
                .hasMessageNotContaining(secret);
    }

    @Test
    void refusesTwoSecrets() {
        assertThatThrownBy(() -> read("--secret", SECRET, "--secret-file", "x")).hasMessageContaining("exclude");
    }

    @ParameterizedTest
    @CsvSource({
        "--agent-id, -x",
        "--agent-id, a b",
        "--max-concurrency, 0",
        "--max-concurrency, 65",
        "--warm, -1",
        "--hours, 9",
        "--hours, 9-25",
        "--max-requests-per-hour, -1",
        "--warm, 17",
        "--park-minutes, -1",
        "--park-minutes, 61",
        "--parked-memory, -1",
        "--parked-memory, 100001",
        "--models, 'a,--x'",
        "--models, 'a b'",
    })
    void namesTheOptionThatIsWrong(String option, String value) {
        assertThatThrownBy(() -> read(option + "=" + value))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(option);
    }

    @Test
    void neverPrintsTheSecret() {
        assertThat(read().toString()).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource({"my laptop.local, my-laptop.local", "-x, x", "'', agent", "日本, agent", "_._, agent"})
    void makesAnIdOfAnyHostName(String host, String id) {
        assertThat(HostName.fitted(host)).isEqualTo(id);
        assertThat(HostName.fitted("h".repeat(200))).hasSize(64);
    }

    private AgentSettings read(String... arguments) {
        var options = new Options();
        new CommandLine(CommandLine.Model.CommandSpec.create()
                        .addMixin("options", CommandLine.Model.CommandSpec.forAnnotatedObject(options)))
                .parseArgs(arguments);
        return new SettingsReader(options, environment).read();
    }
}
