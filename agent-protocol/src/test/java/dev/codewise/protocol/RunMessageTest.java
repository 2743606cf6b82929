package dev.codewise.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codewise.protocol.RunMessage.Chunk;
import dev.codewise.protocol.RunMessage.Complete;
import dev.codewise.protocol.RunMessage.Failed;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class RunMessageTest {

    /** What a program of twenty lines posts, and what no version of the proxy may stop understanding. */
    @Nested
    class OfAMinimalAgent {

        @Test
        void isAChunkWithItsContent() {
            var read = Wire.read("{\"type\":\"chunk\",\"requestId\":\"req_a\",\"content\":\"Hel\"}", RunMessage.class);

            assertThat(read).isEqualTo(new Chunk("req_a", null, "Hel"));
        }

        @Test
        void isACompleteWithNothingElse() {
            var read = Wire.read("{\"type\":\"complete\",\"requestId\":\"req_a\"}", RunMessage.class);

            assertThat(read).isEqualTo(new Complete("req_a", null, null, null, null, null, null));
        }

        @Test
        void isAnErrorWithASentence() {
            var read =
                    Wire.read("{\"type\":\"error\",\"requestId\":\"req_a\",\"error\":\"It broke.\"}", RunMessage.class);

            assertThat(read).isEqualTo(new Failed("req_a", null, RunError.of("It broke.")));
        }
    }

    @Test
    void mayNameItsTypeLast() {
        var read = Wire.read("{\"content\":\"Hel\",\"requestId\":\"req_a\",\"type\":\"chunk\"}", RunMessage.class);

        assertThat(read).isEqualTo(new Chunk("req_a", null, "Hel"));
    }

    @Test
    void mayBeAnEmptyChunkThatOnlySaysTheRunIsAlive() {
        var read = Wire.read("{\"type\":\"chunk\",\"requestId\":\"req_a\",\"content\":\"\"}", RunMessage.class);

        assertThat(read.outputLength()).isZero();
        assertThat(read.endsRun()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Zeile 1\nZeile 2", "\"quoted\" \\ back", "naïve 漢字 🙂", "\u0000\u001b[31m", " \u2028 "})
    void bringsEveryTextUnchanged(String content) {
        var read = Wire.read(Wire.write(new Chunk("req_a", null, content)), RunMessage.class);

        assertThat(read).isEqualTo(new Chunk("req_a", null, content));
    }

    @ParameterizedTest
    @ValueSource(strings = {"chunks", "Chunk", "", "heartbeat", "dev.codewise.protocol.RunMessage$Chunk"})
    void isRefusedWhenNobodyKnowsItsType(String type) {
        String json = "{\"type\":\"" + type + "\",\"requestId\":\"req_a\",\"content\":\"x\"}";

        assertThatThrownBy(() -> Wire.read(json, RunMessage.class))
                .isInstanceOf(JacksonException.class)
                .hasMessageContaining("'" + type + "'");
    }

    @Test
    void isRefusedWithoutAType() {
        assertThatThrownBy(() -> Wire.read("{\"requestId\":\"req_a\",\"content\":\"x\"}", RunMessage.class))
                .isInstanceOf(JacksonException.class)
                .hasMessageContaining("'type'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"chunk\"", "1", "{\"type\":\"chunk\",\"requestId\":\"a\",\"content\":[\"x\"]}"})
    void isRefusedWhenItHasAnotherShape(String json) {
        assertThatThrownBy(() -> Wire.read(json, RunMessage.class)).isInstanceOf(JacksonException.class);
    }

    @ParameterizedTest
    @EnumSource
    void namesWhyTheModelStopped(RunFinish finish) {
        var complete = new Complete("req_a", null, finish, null, null, null, null);

        assertThat(Wire.read(Wire.write(complete), RunMessage.class)).isEqualTo(complete);
    }

    @Test
    void isCompleteEvenForAReasonOfALaterVersion() {
        String json = "{\"type\":\"complete\",\"requestId\":\"req_a\",\"finishReason\":\"paused\"}";

        assertThat(Wire.read(json, RunMessage.class))
                .isEqualTo(new Complete("req_a", null, null, null, null, null, null));
    }

    @Test
    void countsWhatItBringsAndSaysWhetherItIsTheLast() {
        var chunk = new Chunk("req_a", null, "four");
        var whole = new Complete("req_a", null, null, null, null, null, "whole");
        var silent = new Complete("req_a", null, null, null, null, null, null);
        var failed = new Failed("req_a", null, RunError.of("It broke."));

        assertThat(new RunMessage[] {chunk, whole, silent, failed})
                .extracting(RunMessage::outputLength)
                .containsExactly(4, 5, 0, 0);
        assertThat(new RunMessage[] {chunk, whole, silent, failed})
                .extracting(RunMessage::endsRun)
                .containsExactly(false, true, true, true);
    }
}
