package dev.codewise.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {

    private final Redaction redaction = new Redaction(Map.of(
            "HOME", "/srv/people/ann",
            "ANTHROPIC_AUTH_TOKEN", "a-token-of-hers",
            "SHORT_KEY", "abc",
            "LANG", "en_US.UTF-8"));

    @ParameterizedTest
    @CsvSource({
        "no such file /srv/people/ann/.claude.json, no such file ~/.claude.json",
        "in /home/bob/x and /Users/eve/y, in ~/x and ~/y",
        "refused a-token-of-hers here, refused *** here",
        "key sk-ant-api03-AbC_dEf-123456 is bad, key *** is bad",
        "abc in en_US.UTF-8 stays, abc in en_US.UTF-8 stays",
    })
    void takesOutWhatMustNotLeave(String words, String safe) {
        assertThat(redaction.of(words)).isEqualTo(safe);
    }

    @Test
    void takesOutControlCharacters() {
        assertThat(redaction.of("\u001b[31mred\u0007\r\n next\u0000")).isEqualTo("[31mred  next");
    }

    @Test
    void staysUnderFourKibibytesInAnyScript() {
        assertThat(redaction.of("語".repeat(5000)).getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThan(4096);
    }
}
