package dev.codewise.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StderrTest {

    @Test
    void keepsShortWordsWhole() throws Exception {
        assertThat(lastWordsOf(" no such file \n")).isEqualTo("no such file");
    }

    @Test
    void keepsOnlyTheEndOfLongOnes() throws Exception {
        assertThat(lastWordsOf("x".repeat(100_000) + "the end"))
                .hasSize(4096)
                .startsWith("xxx")
                .endsWith("xthe end");
    }

    @Test
    void isEmptyWhereNothingWasSaid() throws Exception {
        assertThat(lastWordsOf("")).isEmpty();
    }

    private static String lastWordsOf(String words) throws InterruptedException {
        var stderr = new Stderr(new ByteArrayInputStream(words.getBytes(StandardCharsets.UTF_8)));
        stderr.startReading("stderr-under-test");
        return stderr.lastWords(Duration.ofSeconds(10));
    }
}
