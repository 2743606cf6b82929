package dev.codewise.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/compatibility.md promises, as far as the tests that it names are there. */
class CompatibilityTableTest {

    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*(?:Test|IT))((?:\\.\\w+)*)`");
    private static final Pattern REFERENCE = Pattern.compile(NAMED.pattern() + "|the same|as in chat");

    @Test
    void namesOnlyTestsThatThereAre() throws IOException {
        Map<String, String> tests = sources();

        assertThat(NAMED.matcher(table()).results())
                .isNotEmpty()
                .allSatisfy(named ->
                        assertThat(tests).hasEntrySatisfying(named.group(1), source -> holdsAll(source, named)));
    }

    private static void holdsAll(String source, MatchResult named) {
        for (String part : named.group(2).split("\\.", -1)) {
            assertThat(part.isEmpty() || source.matches("(?s).*\\b(?:class|void) " + part + "\\b.*"))
                    .as(named.group())
                    .isTrue();
        }
    }

    @Test
    void hasATestForEveryRow() throws IOException {
        List<String> rows = table().lines()
                .takeWhile(line -> !line.startsWith("## Clients"))
                .filter(line -> line.startsWith("| ") && !line.endsWith("| Test |"))
                .toList();

        assertThat(rows)
                .hasSizeGreaterThan(45)
                .allSatisfy(row -> assertThat(lastCellOf(row)).containsPattern(REFERENCE));
    }

    private static String lastCellOf(String row) {
        String[] cells = row.split("\\|", -1);
        return cells[cells.length - 2];
    }

    private static String table() throws IOException {
        return Files.readString(Path.of("../docs/compatibility.md"));
    }

    private static Map<String, String> sources() throws IOException {
        try (Stream<Path> proxy = Files.walk(Path.of("src/test/java"));
                Stream<Path> agent = Files.walk(Path.of("../agent-cli/src/test/java"))) {
            return Stream.concat(proxy, agent)
                    .filter(path -> path.toString().endsWith(".java"))
                    .collect(Collectors.toMap(
                            path -> path.getFileName().toString().replace(".java", ""),
                            CompatibilityTableTest::read,
                            (one, other) -> one + other));
        }
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
