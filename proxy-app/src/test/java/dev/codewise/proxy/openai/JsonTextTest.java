package dev.codewise.proxy.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class JsonTextTest {

    @Test
    void isReadBackAsTheSameText() {
        String everything = IntStream.range(0, 0x3000)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .append("\uD83D\uDE00\uFEFF\uFFFF")
                .toString();

        assertThat(JsonMapper.shared().readValue(jsonOf(everything), String.class))
                .isEqualTo(everything);
    }

    @Test
    void staysOnOneLineForEveryReader() {
        String json = jsonOf("a\n\r\u000B\f\u001C\u001D\u001E\u0085\u2028\u2029b");

        assertThat(json).isEqualTo("\"a\\n\\r\\u000b\\u000c\\u001c\\u001d\\u001e\\u0085\\u2028\\u2029b\"");
    }

    @Test
    void neverHoldsHalfACharacter() {
        assertThat(jsonOf("\uDE00a\uD83Db\uD83D\uD83D\uDE00\uD83D"))
                .isEqualTo("\"\uFFFDa\uFFFDb\uFFFD\uD83D\uDE00\uFFFD\"");
    }

    private static String jsonOf(String text) {
        var json = new StringBuilder();
        JsonText.append(text, json);
        return json.toString();
    }
}
