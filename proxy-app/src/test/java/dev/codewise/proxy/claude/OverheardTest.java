package dev.codewise.proxy.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.completion.FinishReason;
import dev.codewise.proxy.completion.Usage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

class OverheardTest {

    private static final String STREAM = """
            event: message_start
            data: {"type":"message_start","message":{"id":"m","model":"claude-9","stop_reason":null,"usage":{"input_tokens":3,"output_tokens":1,\
            "cache_read_input_tokens":20}}}

            event: content_block_delta
            data: {"type":"content_block_delta","delta":{"text":"{\\"usage\\":{\\"input_tokens\\":999}} äöü"}}

            data: {"type":"message_delta","delta":{"stop_reason":"max_tokens"},"usage":{"output_tokens":5,"output_tokens_details":{"thinking_tokens":2}}}

            data: {"type":"message_stop"}

            """;

    private final List<Usage> heard = new ArrayList<>();
    private final List<String> stopped = new ArrayList<>();
    private final ClaudePassThrough.Listener listener = new ClaudePassThrough.Listener() {

        @Override
        public void used(Usage usage) {
            heard.add(usage);
        }

        @Override
        public void finished(FinishReason reason, @Nullable String model) {
            stopped.add(reason + " " + model);
        }

        @Override
        public void ended(boolean whole) {}
    };

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64, 10_000})
    void comesFromTheBeginningAndTheEndOfAStreamHoweverItIsCut(int longest) {
        hear(true, longest, STREAM);

        assertThat(heard).containsExactly(new Usage(3, 1, 20, 0, 0), new Usage(3, 5, 20, 0, 2));
        assertThat(stopped).containsExactly("LENGTH claude-9");
    }

    @Test
    void comesFromAnAnswerInOnePiece() {
        hear(
                false,
                10,
                "{\"type\":\"message\",\n\"model\":\"claude-8\",\"stop_reason\":\"end_turn\",\"content\":[{\"usage\":1}],\"usage\":{\"input_tokens\":4,\"output_tokens\":9}}");

        assertThat(heard).containsExactly(new Usage(4, 9, 0, 0, 0));
        assertThat(stopped).containsExactly("STOP claude-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "data: \"usage\"\n",
                "data: {\"usage\":\n",
                "data: {\"type\":\"message_delta\",\"usage\":7}\n",
                "data: {\"type\":\"message_delta\",\"usage\":null}\n",
                "data: {\"type\":\"message_delta\",\"usage\":{\"output_tokens\":\"many\"}}\n",
                "data: [{\"usage\":{}}]\n",
                "data: {\"type\":\"other\",\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}\n",
                "\u001f\u008b\u0000\n"
            })
    void isLeftAloneWhereItCannotBeMadeOut(String odd) {
        hear(true, 100, odd);
        hear(false, 100, odd);

        assertThat(heard).isEmpty();
    }

    @Test
    void isFoundBehindALineThatIsTooLong() {
        hear(true, 4096, "data: {\"usage\":\"" + "x".repeat(1_000_000) + "\"}\n\n" + STREAM);

        assertThat(heard).hasSize(2);
    }

    @Test
    void isGivenUpInABodyThatIsTooLarge() {
        hear(
                false,
                4096,
                "{\"type\":\"message\",\"usage\":{\"input_tokens\":4,\"output_tokens\":9}}" + " ".repeat(1_100_000));

        assertThat(heard).isEmpty();
    }

    /** As Netty brings it; every buffer is afterwards as it was before. */
    private void hear(boolean isStream, int longest, String text) {
        var usage = new Overheard(isStream, listener);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < bytes.length; from += longest) {
            byte[] piece = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + longest));
            DataBuffer buffer = DefaultDataBufferFactory.sharedInstance.wrap(piece);
            usage.hear(buffer);
            assertThat(buffer.readableByteCount()).isEqualTo(piece.length);
        }
        usage.end();
    }
}
