package dev.codewise.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundedLinesTest {

    private static final int LIMIT = 40_000;

    @Test
    void readsLinesWhateverTheirLength() throws IOException {
        var long1 = "a".repeat(16 * 1024);
        var long2 = "b".repeat(LIMIT);

        assertThat(lines("one\n\n" + long1 + "\n" + long2 + "\nlast\n"))
                .containsExactly("one", "", long1, long2, "last");
    }

    @Test
    void countsALastLineWithoutAnEnd() throws IOException {
        assertThat(lines("one\ntwo")).containsExactly("one", "two");
        assertThat(lines("")).isEmpty();
    }

    @Test
    void refusesALineThatIsTooLong() {
        assertThatThrownBy(() -> lines("one\n" + "b".repeat(LIMIT + 1) + "\n"))
                .isInstanceOf(BoundedLines.LineTooLongException.class)
                .hasMessageContaining("40000");
    }

    private static List<String> lines(String text) throws IOException {
        var source = new BoundedLines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), LIMIT);
        var lines = new ArrayList<String>();
        for (var line = source.next(); line != null; line = source.next()) {
            lines.add(new String(line, StandardCharsets.UTF_8));
        }
        return lines;
    }
}
