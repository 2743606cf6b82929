package dev.codewise.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tests that the documents name as their proof. */
class DocumentedTestsTest {

    private static final Path PROJECT = Path.of("..");
    private static final Path FAULTS = PROJECT.resolve("docs").resolve("faults.md");
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*[a-z](?:Test|IT))((?:\\.\\w+)*)`");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (M\\d\\d) \\|.*\\| (.*) \\|$");

    /** One test, or a class of them, as a document names it. */
    private record Named(String type, List<String> within) {

        static Named of(MatchResult found) {
            return new Named(
                    found.group(1),
                    Stream.of(found.group(2).split("\\."))
                            .filter(name -> !name.isEmpty())
                            .toList());
        }

        boolean isIn(String source) {
            return source.contains("class " + type) && within.stream().allMatch(name -> declares(source, name));
        }

        private static boolean declares(String source, String name) {
            return source.contains("void " + name + "(") || source.contains("class " + name + " ");
        }

        @Override
        public String toString() {
            return type + within;
        }
    }

    static List<Path> documents() throws IOException {
        try (var files = Files.list(PROJECT.resolve("docs"))) {
            return files.filter(file -> file.toString().endsWith(".md")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void areAllThere(Path document) throws IOException {
        List<String> sources = sourcesOfTests();

        List<Named> named = namedIn(Files.readString(document));

        assertThat(named).allMatch(test -> sources.stream().anyMatch(test::isIn));
    }

    @Test
    void proveEachOfTheFaults() throws IOException {
        List<MatchResult> rows = ROW.matcher(Files.readString(FAULTS)).results().toList();

        assertThat(rows)
                .extracting(row -> row.group(1))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 39)
                        .mapToObj("M%02d"::formatted)
                        .toList());
        assertThat(rows)
                .filteredOn(row -> namedIn(row.group(2)).isEmpty())
                .extracting(row -> row.group(1))
                .isEmpty();
    }

    private static List<Named> namedIn(String text) {
        return NAMED.matcher(text).results().map(Named::of).toList();
    }

    private static List<String> sourcesOfTests() throws IOException {
        try (var modules = Files.list(PROJECT)) {
            return modules.map(module -> module.resolve("src").resolve("test").resolve("java"))
                    .filter(Files::isDirectory)
                    .flatMap(DocumentedTestsTest::sourcesIn)
                    .toList();
        }
    }

    private static Stream<String> sourcesIn(Path folder) {
        try (var files = Files.walk(folder)) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .map(DocumentedTestsTest::read)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
