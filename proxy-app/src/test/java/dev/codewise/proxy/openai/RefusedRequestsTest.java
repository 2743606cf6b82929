package dev.codewise.proxy.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.completion.ScriptedProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a chat request may not say, and which field the refusal names. */
@OpenAiSlice
class RefusedRequestsTest {

    private static final String QUESTION = "{\"role\":\"user\",\"content\":\"Hi\"}";

    @Autowired
    private ScriptedProvider provider;

    @LocalServerPort
    private int port;

    @BeforeEach
    void answer() {
        provider.says("Hello");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            n                     | "n":2
            n                     | "n":"1"
            stream                | "stream":"yes"
            stream                | "stream":1
            stream_options        | "stream_options":{"include_usage":true}
            stream_options        | "stream_options":{},"stream":false
            stream_options        | "stream_options":[],"stream":true
            stream_options.include_usage | "stream_options":{"include_usage":"x"},"stream":true
            max_tokens            | "max_tokens":0
            max_tokens            | "max_tokens":"5"
            max_tokens            | "max_tokens":1.5
            max_completion_tokens | "max_completion_tokens":-1
            tools                 | "tools":[{"type":"function"}]
            tools                 | "tools":{}
            functions             | "functions":[{}]
            tool_choice           | "tool_choice":"required"
            tool_choice           | "tool_choice":{"type":"function"}
            function_call         | "function_call":{"name":"x"}
            response_format       | "response_format":{"type":"json_object"}
            response_format       | "response_format":"text"
            logprobs              | "logprobs":true
            modalities            | "modalities":["text","audio"]
            audio                 | "audio":{"voice":"x"}
            """)
    void nameTheFieldThatCannotBeHonoured(String param, String field) throws Exception {
        var error = refusalOf("{\"model\":\"sonnet\",\"messages\":[" + QUESTION + "]," + field + "}");

        assertThat(error.path("param").asString()).isEqualTo(param);
        assertThat(error.path("type").asString()).isEqualTo("invalid_request_error");
        assertThat(error.path("message").asString()).contains("\"" + param + "\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            messages                    | null
            messages                    | []
            messages                    | "Hi"
            messages[0]                 | ["Hi"]
            messages[0]                 | [null]
            messages[0].role            | [{"content":"Hi"}]
            messages[0].role            | [{"role":5,"content":"Hi"}]
            messages[0].role            | [{"role":"robot","content":"Hi"}]
            messages[0].role            | [{"role":"tool","tool_call_id":"x","content":"Hi"}]
            messages[0].role            | [{"role":"assistant","content":"Hi"}]
            messages[0].role            | [{"role":"system","content":"Hi"}]
            messages[0].tool_calls      | [{"role":"assistant","content":null,"tool_calls":[{"id":"x"}]}]
            messages[0].content         | [{"role":"user"}]
            messages[0].content         | [{"role":"user","content":null}]
            messages[0].content         | [{"role":"user","content":" "}]
            messages[0].content         | [{"role":"user","content":[]}]
            messages[0].content         | [{"role":"user","content":5}]
            messages[0].content         | [{"role":"user","content":{"type":"text","text":"Hi"}}]
            messages[0].content[0].type | [{"role":"user","content":["Hi"]}]
            messages[0].content[0].type | [{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:,x"}}]}]
            messages[0].content[0].type | [{"role":"user","content":[{"type":"input_audio"}]}]
            messages[0].content[1].type | [{"role":"user","content":[{"type":"text","text":"Hi"},{"type":"file"}]}]
            messages[0].content[0].text | [{"role":"user","content":[{"type":"text"}]}]
            """)
    void nameThePlaceInTheConversation(String param, String messages) throws Exception {
        var error = refusalOf("{\"model\":\"sonnet\",\"messages\":" + messages + "}");

        assertThat(error.path("param").asString()).isEqualTo(param);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "5", "true", "{}", "[]"})
    void nameTheModelWhereItIsNone(String model) throws Exception {
        var error = refusalOf("{\"model\":" + model.replace("''", "\"\"") + ",\"messages\":[" + QUESTION + "]}");

        assertThat(error.path("param").asString()).isEqualTo("model");
    }

    @Test
    void doNotRepeatAnEndlessModelName() throws Exception {
        var error = refusalOf("{\"model\":\"" + "x".repeat(100_000) + "\",\"messages\":[" + QUESTION + "]}");

        assertThat(error.path("message").asString()).hasSizeLessThan(200);
    }

    private JsonNode refusalOf(String body) throws Exception {
        var response = new Wire(port).chat(body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(provider.asked()).isZero();
        return JsonMapper.shared().readTree(response.body()).path("error");
    }
}
