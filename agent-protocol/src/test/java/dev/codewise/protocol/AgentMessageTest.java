package dev.codewise.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codewise.protocol.AgentMessage.Draining;
import dev.codewise.protocol.AgentMessage.Heartbeat;
import dev.codewise.protocol.AgentMessage.Probe;
import dev.codewise.protocol.AgentMessage.Resume;
import dev.codewise.protocol.RunMessage.Chunk;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class AgentMessageTest {

    @Test
    void saysWhichOneItIs() {
        var messages = Stream.<AgentMessage>of(
                new Chunk("req_a", 1L, "x"),
                new Probe("req_a"),
                new Heartbeat(null, null, null),
                new Resume(List.of()),
                new Draining());

        assertThat(messages.map(message -> message.reach(new Named())))
                .containsExactly("run", "probe", "heartbeat", "resume", "draining");
    }

    @Test
    void isAlsoReadWhereItBelongsToARun() {
        var read = Wire.read("{\"type\":\"chunk\",\"requestId\":\"req_a\",\"content\":\"x\"}", AgentMessage.class);

        assertThat(read).isEqualTo(new Chunk("req_a", null, "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "9223372036854775808", "-9223372036854775809", "[1]", "true"})
    void isRefusedWithANumberThatNoMessageHas(String seq) {
        String json = "{\"type\":\"chunk\",\"requestId\":\"req_a\",\"content\":\"x\",\"seq\":" + seq + "}";

        assertThatThrownBy(() -> Wire.read(json, AgentMessage.class)).isInstanceOf(JacksonException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"type":"probe"}                                     | "requestId"
            {"type":"resume"}                                    | "running"
            {"type":"resume","running":[{"nextSeq":1}]}          | "requestId"
            {"type":"resume","running":[{"requestId":"a"}]}      | "nextSeq"
            {"type":"complete","requestId":"a","seq":0}          | "seq" counts from 1
            {"type":"error","requestId":"a","error":"x","seq":0} | "seq" counts from 1
            """)
    void isRefusedWithoutWhatItNeeds(String json, String named) {
        assertThatThrownBy(() -> Wire.read(json, AgentMessage.class))
                .isInstanceOf(JacksonException.class)
                .hasMessageContaining(named);
    }

    @Test
    void aHeartbeatNeedsNothing() {
        assertThat(Wire.read("{\"type\":\"heartbeat\"}", AgentMessage.class))
                .isEqualTo(new Heartbeat(null, null, null));
    }

    @Test
    void aBatchHoldsMessagesOfRunsOnly() {
        assertThatThrownBy(() -> Wire.read("{\"messages\":[{\"type\":\"heartbeat\"}]}", MessageBatch.class))
                .isInstanceOf(JacksonException.class);
        assertThatThrownBy(() -> Wire.read("{\"messages\":[null]}", MessageBatch.class))
                .isInstanceOf(JacksonException.class);
    }

    @Test
    void countsEverythingItBringsAsOutput() {
        var chunk = new Chunk("req_a", 1L, "four", "thinks", new RunToolCall(0, null, null, "{}"));

        assertThat(chunk.outputLength()).isEqualTo(12);
        assertThat(new Chunk("req_a", 1L, "", null, new RunToolCall(0, "c1", "f", null)).outputLength())
                .isZero();
    }

    @Test
    void knowsItsFeaturesByName() {
        assertThat(AgentFeature.of("ndjson")).contains(AgentFeature.NDJSON);
        assertThat(AgentFeature.of("telepathy")).isEmpty();
    }

    private static final class Named implements AgentMessage.Recipient<String> {

        @Override
        public String run(RunMessage message) {
            return "run";
        }

        @Override
        public String probe(Probe probe) {
            return "probe";
        }

        @Override
        public String heartbeat(Heartbeat heartbeat) {
            return "heartbeat";
        }

        @Override
        public String resume(Resume resume) {
            return "resume";
        }

        @Override
        public String draining(Draining draining) {
            return "draining";
        }
    }
}
