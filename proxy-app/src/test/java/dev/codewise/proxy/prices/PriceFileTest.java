package dev.codewise.proxy.prices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceFileTest {

    @TempDir
    private Path folder;

    @Test
    void replacesTheOneThatIsBuiltInAsAWhole() throws IOException {
        Path own = file("""
                {"date": "2027-01-01",
                 "models": {"my-model": {"input": 1.5, "output": 2, "cacheRead": 0, "cacheWrite": 3}}}
                """);

        PriceFile read = new PricesProperties(own.toString()).prices();

        assertThat(read.date()).isEqualTo("2027-01-01");
        assertThat(read.tariffs())
                .containsExactly(Map.entry("my-model", new Tariff(price("1.5", "2", "0", "3"), null)));
    }

    private static Price price(String input, String output, String cacheRead, String cacheWrite) {
        return new Price(
                new BigDecimal(input), new BigDecimal(output), new BigDecimal(cacheRead), new BigDecimal(cacheWrite));
    }

    @Test
    void isTheOneThatIsBuiltInUnlessAnotherIsNamed() {
        PriceFile builtIn = new PricesProperties("").prices();

        assertThat(builtIn).isEqualTo(PriceFile.builtIn());
        assertThat(builtIn.tariffs()).containsKey("claude-sonnet-5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`[1, 2]`                     | line 1: the file must hold names with a value each.",
                "`date: soon\nmodels: {}`     | line 1: the file: \"date\" must be the day of these prices, such as 2026-01-31.",
                "`models: {}`                 | line 1: the file has no \"date\": write the day of these prices, such as 2026-01-31.",
                "`date: 2026-01-31`           | line 1: the file has no \"models\": write it.",
                "`date: 2026-01-31\nmodel: 1` | line 2: the file has \"model\": there are only",
                "`date: 2026-01-31\nmodels:\n  a: 3` | line 3: a must hold names with a value each.",
                "`date: 2026-01-31\nmodels:\n  a: {input: 1}` | line 3: a has no \"output\": write what a million tokens cost in US dollars, such as 15 or 0.25.",
                "`date: 2026-01-31\nmodels:\n  a: {input: -1, output: 1, cacheRead: 1, cacheWrite: 1}` | line 3: a: \"input\" must be what a million tokens cost",
                "`date: 2026-01-31\nmodels:\n  a: {input: 1, output: free, cacheRead: 1, cacheWrite: 1}` | line 3: a: \"output\" must be",
                "`date: 2026-01-31\nmodels:\n  a: {input: 1, output: 1, cacheRead: 1, cacheWrite: 1, cachewrite: 2}` | line 3: a has \"cachewrite\"",
                "`date: 2026-01-31\nmodels:\n  a: {input: 1, output: 1, cacheRead: 1, cacheWrite: 1, beyond: {input: 1, output: 1, cacheRead: 1, cacheWrite: 1}}` | line 3: beyond has no \"tokens\": write a number of tokens, such as 100000.",
                "`date: 2026-01-31\nmodels:\n  a: &a {input: 1, output: 1, cacheRead: 1, cacheWrite: 1}\n  a: *a` | line 4: models has \"a\" twice: leave one of them out.",
                "`date: 2026-01-31\nmodels: {`  | line 2: is neither YAML nor JSON",
                "``                           | is empty: write \"date\" and \"models\" into it.",
            })
    void saysWhereItIsWrongAndWhatToWrite(String text, String sentence) throws IOException {
        Path own = file(text);

        assertThatThrownBy(() -> new PricesProperties(own.toString()).prices())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("CODEWISE_PRICES=" + own)
                .hasMessageContaining(sentence);
    }

    @Test
    void isRefusedInTheSameWordsForWhatNoReaderTakesAtAll() throws IOException {
        for (String text : List.of("date: \u0007", "[".repeat(200))) {
            Path own = file(text);

            assertThatThrownBy(() -> new PricesProperties(own.toString()).prices())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("CODEWISE_PRICES=" + own + " is neither YAML nor JSON: ")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void mustBeThere() {
        String nowhere = folder.resolve("none.yaml").toString();

        assertThatThrownBy(() -> new PricesProperties(nowhere).prices())
                .hasMessage("CODEWISE_PRICES=" + nowhere
                        + " cannot be read as text: name a file of prices, or leave the variable out.");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("prices.yaml"), text);
    }
}
