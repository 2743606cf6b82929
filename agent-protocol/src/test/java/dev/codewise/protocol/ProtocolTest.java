package dev.codewise.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "7", "laptop-1", "Anna.Mac_Book-2", "a..b", "a--help"})
    void knowsTheNameOfAnAgent(String name) {
        assertThat(Protocol.isAgentId(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sonnet", "sonnet[1m]", "claude-sonnet-4-5", "us.anthropic.claude:0", "a/b@c", "opus-4.1"})
    void knowsTheNameOfAModel(String name) {
        assertThat(Protocol.isModelName(name)).isTrue();
    }

    @ParameterizedTest
    @MethodSource
    void takesNoHostileNameForAnybodys(String name) {
        assertThat(Protocol.isAgentId(name)).isFalse();
        assertThat(Protocol.isModelName(name)).isFalse();
    }

    static Stream<String> takesNoHostileNameForAnybodys() {
        return Stream.of(
                "",
                " ",
                "-",
                "-p",
                "--settings=x",
                "../x",
                ".hidden",
                "/etc/passwd",
                "_a",
                "a b",
                " a",
                "a ",
                "a\n",
                "\na",
                "a\r\nX-Other: 1",
                "a\tb",
                "a\u0000b",
                "a;b",
                "a'b",
                "a\"b",
                "a$(id)",
                "a\\b",
                "é",
                "aé",
                "\u0430gent",
                "a\u0660",
                "a\u200bb",
                "agent\uD83D\uDE42",
                "a".repeat(10 * 1024));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "laptop-1", "my_lap-top_2", "x_cwa_y-", "A.b__"})
    void knowsWhoseTokenItIsWhateverTheNameHolds(String agent) {
        String unguessable = "_".repeat(20) + "-".repeat(20) + "abc";

        assertThat(Protocol.agentOfToken("cwa_" + agent + "_" + unguessable)).hasValue(agent);
        assertThat(Protocol.agentOfToken("cwa_" + agent + "_" + unguessable.substring(1) + "="))
                .isEmpty();
        assertThat(Protocol.agentOfToken("cwa_" + agent)).isEmpty();
        assertThat(Protocol.agentOfToken("cwk_" + agent + "_" + unguessable)).isEmpty();
        assertThat(Protocol.agentOfToken("cwa_-" + agent + "_" + unguessable)).isEmpty();
    }

    @Test
    void endsANameWhereTheDocumentSaysSo() {
        assertThat(Protocol.isAgentId("a".repeat(64))).isTrue();
        assertThat(Protocol.isAgentId("a".repeat(65))).isFalse();
        assertThat(Protocol.isModelName("a".repeat(128))).isTrue();
        assertThat(Protocol.isModelName("a".repeat(129))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a:b", "a@b", "a[b]"})
    void takesNoModelNameWithMarksForAnAgents(String name) {
        assertThat(Protocol.isAgentId(name)).isFalse();
    }

    @Test
    void spellsWhatOtherPeoplesAgentsRelyUpon() {
        assertThat(Protocol.VERSION).isEqualTo(1);
        assertThat(Protocol.CONNECT_PATH).isEqualTo("/api/agent/connect");
        assertThat(Protocol.RESPONSE_PATH).isEqualTo("/api/agent/response");
        assertThat(Protocol.AGENT_ID).isEqualTo("X-Agent-Id");
        assertThat(Protocol.MAX_CONCURRENCY).isEqualTo("X-Agent-Max-Concurrency");
        assertThat(Protocol.MODELS).isEqualTo("X-Agent-Models");
        assertThat(Protocol.AGENT_VERSION).isEqualTo("X-Agent-Version");
        assertThat(Protocol.CLI_VERSION).isEqualTo("X-Agent-Cli-Version");
    }

    @Test
    void refusesNothingThatTheDocumentAllows() {
        assertThat(Protocol.MAX_MESSAGE_BYTES).isEqualTo(1_048_576);
        assertThat(Protocol.MAX_CHUNK_CHARS).isEqualTo(262_144);
        assertThat(Protocol.MAX_OUTPUT_BYTES).isEqualTo(16_777_216);
        assertThat(Protocol.MAX_REQUEST_BYTES).isEqualTo(8_388_608);
        assertThat(Protocol.MAX_CONCURRENCY_LIMIT).isEqualTo(64);
        assertThat(Protocol.MAX_MODELS).isEqualTo(64);
    }
}
