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

    @Test
    void theExampleNamesEveryVariableThatIsReadWithItsDefault() throws IOException {
        Map<String, String> read = variablesIn(Path.of("src/main/resources/application.yaml"), PLACEHOLDER);

        Map<String, String> documented = variablesIn(Path.of("../.env.example"), EXAMPLE);

        read.replaceAll((name, value) -> value.replace("${user.home}", "~"));
        assertThat(documented).isNotEmpty().isEqualTo(read);
    }

    @Test
    void theExampleCanBeUsedAsItIs() throws IOException {
        var lines = Files.readAllLines(Path.of("../.env.example"));

        assertThat(lines).allSatisfy(line -> assertThat(line).matches("|#.*"));
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
