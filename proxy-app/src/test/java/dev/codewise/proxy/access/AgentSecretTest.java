package dev.codewise.proxy.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.codewise.proxy.access.AgentSecret.Origin;
import dev.codewise.proxy.home.CodewiseHome;
import dev.codewise.proxy.home.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentSecretTest {

    @TempDir
    Path folder;

    private CodewiseHome home;

    @BeforeEach
    void moveIn() {
        home = new CodewiseHome(folder);
    }

    @Test
    void isMadeAtTheFirstStartAndKept() throws IOException {
        var first = AgentSecret.keptIn(home);
        var second = AgentSecret.keptIn(home);

        assertThat(first.origin()).isEqualTo(Origin.MADE_NOW);
        assertThat(second.origin()).isEqualTo(Origin.KEPT);
        assertThat(second.value().reveal()).isEqualTo(first.value().reveal()).hasSizeGreaterThanOrEqualTo(43);
        assertThat(second.file())
                .hasValue(home.folder().resolve("agent-secret"))
                .isEqualTo(first.file());
    }

    @Test
    void comesFromTheEnvironmentWithoutAFile() {
        var secret = AgentSecret.given(Secret.of("0123456789abcdef"));

        assertThat(secret.origin()).isEqualTo(Origin.ENVIRONMENT);
        assertThat(secret.file()).isEmpty();
        assertThat(secret.matches("0123456789abcdef")).isTrue();
        assertThat(secret.matches("0123456789abcdeF")).isFalse();
        assertThat(secret.matches("")).isFalse();
        assertThat(secret.value()).hasToString("***");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "tooshort", "two words are no secret here"})
    void refusesAFileThatSomebodySpoilt(String content) throws IOException {
        Files.writeString(folder.resolve("agent-secret"), content);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> AgentSecret.keptIn(home))
                .withMessageContainingAll(folder.resolve("agent-secret").toString(), "delete it", "AGENT_SECRET");
    }

    @Test
    void isNotTheKeyOfTheOtherDoor() {
        var same = Secret.of("0123456789abcdef");
        var ring = new KeyRing<Caller>(KeyText::read, Clock.systemUTC());
        var properties = new AccessProperties(null, same, "127.0.0.1", "", List.of(), List.of());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> FrontDoor.behind(AgentSecret.given(same), properties, ring))
                .withMessageContaining("Make CODEWISE_API_KEY another one")
                .withMessageNotContaining("0123");
    }
}
