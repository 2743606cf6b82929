package dev.codewise.proxy.status.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Keeps what is documented and what is read identical. */
class EnvironmentExampleTest {

    private static final Pattern EXAMPLE = Pattern.compile("(?m)^#?([A-Z][A-Z0-9_]*)=(.*)$");
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)(?::(.*))?}(?=\"?$)", Pattern.MULTILINE);

    /** As the entry point of the image reads those that only matter there. */
    private static final Pattern OPTIONAL = Pattern.compile("(?m)^ +\\$\\{([A-Z_]+):-}()");

    /** The variables of the proxy in the compose file, but not those of PostgreSQL. */
    private static final Pattern PASSED = Pattern.compile("(?m)^      (?!POSTGRES_)([A-Z][A-Z0-9_]*): (.*)$");

    @Test
    void theExampleNamesEveryVariableThatIsReadWithItsDefault() throws IOException {
        Map<String, String> read = variablesIn(Path.of("src/main/resources/application.yaml"), PLACEHOLDER);
        read.putAll(variablesIn(Path.of("../docker-entrypoint.sh"), OPTIONAL));

        Map<String, String> documented = variablesIn(Path.of("../.env.example"), EXAMPLE);

        read.replaceAll((name, value) -> value.replace("${user.home}", "~"));
        assertThat(documented).isNotEmpty().isEqualTo(read);
    }

    @Test
    void theExampleCanBeUsedAsItIs() throws IOException {
        var lines = Files.readAllLines(Path.of("../.env.example"));

        assertThat(lines).allSatisfy(line -> assertThat(line).matches("|#.*"));
    }

    @Test
    void composePassesEveryVariableOn() throws IOException {
        var passed = variablesIn(Path.of("../docker-compose.yml"), PASSED);

        var decided = Map.of(
                "BIND_ADDRESS", "0.0.0.0",
                "PUBLISHED_ADDRESS", "${BIND_ADDRESS:-127.0.0.1}",
                "CODEWISE_HOME", "/var/lib/codewise");
        assertThat(passed).containsAllEntriesOf(decided);
        assertThat(passed)
                .containsOnlyKeys(
                        variablesIn(Path.of("../.env.example"), EXAMPLE).keySet());
        passed.keySet().removeAll(decided.keySet());
        assertThat(passed)
                .allSatisfy((name, value) ->
                        assertThat(value).startsWith("${" + name + ":-").endsWith("}"));
    }

    private static Map<String, String> variablesIn(Path file, Pattern pattern) throws IOException {
        var variables = new TreeMap<String, String>();
        var matcher = pattern.matcher(Files.readString(file));
        while (matcher.find()) {
            variables.put(matcher.group(1), matcher.group(2) == null ? "" : matcher.group(2));
        }
        return variables;
    }
}
