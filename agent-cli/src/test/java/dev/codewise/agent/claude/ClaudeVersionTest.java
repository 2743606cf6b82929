package dev.codewise.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaudeVersionTest {

    @ParameterizedTest
    @ValueSource(strings = {"2.1.118 (Claude Code)", "2.1.197 (Claude Code)", "2.2.0", "3.0.1-beta", "10.0.0"})
    void isNotOld(String printed) {
        assertThat(of(printed).isOld()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.1.117 (Claude Code)", "2.0.999", "1.9.0", "0.0.1", "what is this"})
    void isOld(String printed) {
        assertThat(of(printed).isOld()).isTrue();
    }

    @Test
    void fitsIntoAHeader() {
        var version = of("2.1.197 \u001b[1m é" + "x".repeat(200));

        assertThat(version.printed()).matches("[ -~]{1,64}").startsWith("2.1.197");
    }

    @Test
    void isUnknownWhenItIsNoVersion() {
        assertThat(of("2.1.197 (Claude Code)").isKnown()).isTrue();
        assertThat(of("command not found").isKnown()).isFalse();
    }

    private static ClaudeVersion of(String printed) {
        return ClaudeVersion.of(printed.getBytes(StandardCharsets.UTF_8));
    }
}
