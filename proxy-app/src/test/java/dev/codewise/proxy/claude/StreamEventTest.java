package dev.codewise.proxy.claude;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class StreamEventTest {

    /** What cannot be read is a failure of the API; what is read and then is not there would be one of ours. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"message_start\"}",
                "{\"type\":\"content_block_start\",\"index\":0}",
                "{\"type\":\"content_block_delta\",\"delta\":null}",
                "{\"type\":\"message_delta\",\"usage\":{\"output_tokens\":1}}",
                "{\"type\":\"error\"}"
            })
    void cannotBeReadWithoutWhatMakesItOne(String json) {
        assertThatThrownBy(() -> JsonMapper.shared().readValue(json, StreamEvent.class))
                .isInstanceOf(JacksonException.class);
    }
}
