package dev.codewise.proxy.status.setting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.status.ProxyStart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrongSettingTest {

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|', textBlock = """
                    PORT                 | eighty         | PORT=eighty is not a whole number: use one such as 8080.
                    PORT                 | 65536          | PORT=65536 is no port: use a number from 1 to 65535, such as 8080.
                    PORT                 | -1             | PORT=-1 is no port: use a number from 1 to 65535, such as 8080.
                    MANAGEMENT_PORT      | x              | MANAGEMENT_PORT=x is not a whole number: use one such as 8081.
                    MANAGEMENT_PORT      | 99999          | MANAGEMENT_PORT=99999 is no port: use a number from 1 to 65535, such as 8081.
                    BIND_ADDRESS         | 300.1.1.x      | BIND_ADDRESS=300.1.1.x is not an address: use one such as 127.0.0.1.
                    CODEWISE_HOME        | ~other/data    | CODEWISE_HOME=~other/data means another user's home: write the folder out, such as /var/lib/codewise.
                    REQUEST_TIMEOUT      | soon           | REQUEST_TIMEOUT=soon is not a duration: use one such as 120s.
                    REQUEST_MAX_DURATION | 1 hour         | REQUEST_MAX_DURATION=1 hour is not a duration: use one such as 30m.
                    QUEUE_LIMIT          | many           | QUEUE_LIMIT=many is not a whole number: use one such as 100.
                    QUEUE_WAIT           | 5 s            | QUEUE_WAIT=5 s is not a duration: use one such as 5s.
                    """)
    void isRefusedWithItsVariableItsValueAndTheCure(String variable, String value, String sentence) {
        var start = ProxyStart.with(variable, value);

        assertThat(start.said()).containsExactly("Codewise cannot start. " + sentence);
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|', textBlock = """
                    REQUEST_TIMEOUT      | 0s       | REQUEST_TIMEOUT
                    REQUEST_MAX_DURATION | -1s      | REQUEST_MAX_DURATION
                    QUEUE_LIMIT          | -1       | QUEUE_LIMIT is -1
                    QUEUE_WAIT           | -5s      | QUEUE_WAIT
                    AGENTS_PER_ADDRESS   | 0        | AGENTS_PER_ADDRESS is 0
                    MODEL_ALIASES        | gpt-4o   | MODEL_ALIASES has "gpt-4o"
                    MODEL_ALIASES        | a=gpt-4o | MODEL_ALIASES has "a=gpt-4o"
                    ANTHROPIC_BASE_URL   | ftp://x  | ANTHROPIC_BASE_URL
                    CODEWISE_IMAGE_HOSTS | *.x      | CODEWISE_IMAGE_HOSTS has "*.x"
                    CORS_ALLOWED_ORIGINS | chat     | CORS_ALLOWED_ORIGINS has "chat"
                    TRUSTED_PROXIES      | nginx    | TRUSTED_PROXIES has "nginx"
                    """)
    void isRefusedInTheWordsOfTheSettingItself(String variable, String value, String beginning) {
        var start = ProxyStart.with(variable, value);

        assertThat(start.said()).singleElement().asString().startsWith("Codewise cannot start. " + beginning);
        assertThat(start.said()).singleElement().asString().endsWith(".");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "AGENT_SECRET, tooshort",
        "CODEWISE_API_KEY, tooshort",
        "CODEWISE_SECRET_KEY, tooshort",
        "ANTHROPIC_API_KEY, two confidential",
        "DATABASE_URL, mysql://me:confidential@localhost/x",
        "DATABASE_URL, confidential",
    })
    void isRefusedWithoutTellingASecret(String variable, String value) {
        var start = ProxyStart.with(variable, value);

        assertThat(start.said())
                .singleElement()
                .asString()
                .startsWith("Codewise cannot start. ")
                .contains(variable)
                .doesNotContain("tooshort", "confidential");
    }

    @Test
    void aFolderThatCannotBeMadeIsRefused() {
        var start = ProxyStart.with(Map.of("CODEWISE_HOME", "/dev/null/here", "AGENT_SECRET", ""));

        assertThat(start.said())
                .singleElement()
                .asString()
                .startsWith("Codewise cannot start. CODEWISE_HOME=/dev/null/here cannot be used (")
                .endsWith("): set it to a folder that this user may write to.");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"PUBLISHED_ADDRESS, 192.0.2.1", "BIND_ADDRESS, 0.0.0.0"})
    void anOpenDoorForOtherMachinesIsRefused(String variable, String address) {
        var start = ProxyStart.with(variable, address);

        assertThat(start.said()).singleElement().asString().contains(address, "CODEWISE_API_KEY", variable);
    }

    @Test
    void anAddressOfAnotherMachineIsRefused() {
        var start = ProxyStart.with(Map.of("BIND_ADDRESS", "192.0.2.1", "CODEWISE_API_KEY", "a-key-for-the-clients"));

        assertThat(start.said())
                .containsExactly("Codewise cannot start. BIND_ADDRESS=192.0.2.1 is no address of this machine:"
                        + " use 127.0.0.1 for this machine alone, or 0.0.0.0 for all of its addresses.");
    }

    @Test
    void oneNumberForBothPortsIsRefused() {
        var start = ProxyStart.with(Map.of("PORT", "8123", "MANAGEMENT_PORT", "8123"));

        assertThat(start.said())
                .containsExactly("Codewise cannot start. MANAGEMENT_PORT=8123 is the same as PORT:"
                        + " give each a number of its own, such as 8081.");
    }

    @Test
    void aPortThatIsTakenIsRefusedBeforeAnythingIsStarted() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(other.getLocalPort());

            var start = ProxyStart.with("PORT", port);

            assertThat(start.said())
                    .singleElement()
                    .asString()
                    .startsWith("Codewise cannot start. PORT=" + port + " cannot be had on 127.0.0.1 (")
                    .endsWith("): stop what is using it, perhaps another Codewise, or set PORT to another number.");
        }
    }
}
