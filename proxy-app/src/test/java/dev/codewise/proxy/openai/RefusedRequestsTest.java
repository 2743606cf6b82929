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

    private static final String CALL =
            "{\"type\":\"function\",\"id\":\"x\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}";

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
            user                  | "user":5
            safety_identifier     | "safety_identifier":{}
            tools                 | "tools":{}
            tools[0].type         | "tools":[{"type":"custom","custom":{"name":"x"}}]
            tools[0].type         | "tools":["x"]
            tools[0].function.name | "tools":[{"type":"function"}]
            tools[0].function.name | "tools":[{"type":"function","function":{"name":"a b"}}]
            tools[0].function.parameters | "tools":[{"type":"function","function":{"name":"a","parameters":"x"}}]
            tools[0].function.description | "tools":[{"type":"function","function":{"name":"a","description":5}}]
            functions[1].name     | "functions":[{"name":"a"},{"name":"a"}]
            tool_choice           | "tool_choice":"required"
            tool_choice           | "tool_choice":"sometimes"
            tool_choice           | "tool_choice":{"type":"function"}
            tool_choice           | "tool_choice":{"type":"function","function":{"name":"x"}}
            tool_choice           | "tool_choice":{"type":"allowed_tools"}
            function_call         | "function_call":{"name":"x"}
            parallel_tool_calls   | "parallel_tool_calls":1
            temperature           | "temperature":2.1
            temperature           | "temperature":-1
            temperature           | "temperature":"1"
            top_p                 | "top_p":1.1
            stop                  | "stop":["a","b","c","d","e"]
            stop                  | "stop":""
            stop                  | "stop":5
            stop                  | "stop":["a",null]
            reasoning_effort      | "reasoning_effort":"extreme"
            response_format       | "response_format":{"type":"grammar"}
            response_format       | "response_format":"text"
            response_format.json_schema.schema | "response_format":{"type":"json_schema"}
            response_format.json_schema.schema | "response_format":{"type":"json_schema","json_schema":{"schema":{"type":"text"}}}
            response_format.json_schema.schema | "response_format":{"type":"json_schema","json_schema":{"schema":{"$ref":"http://127.0.0.1/x"}}}
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
            messages[0].role            | [{"role":"assistant","content":"Hi"}]
            messages[0].role            | [{"role":"system","content":"Hi"}]
            messages[0].tool_calls[0].type | [{"role":"assistant","tool_calls":[{"id":"x"}]}]
            messages[0].tool_calls[0].id | [{"role":"assistant","tool_calls":[{"type":"function"}]}]
            messages[0].tool_calls[0].function.name | [{"role":"assistant","tool_calls":[{"type":"function","id":"x"}]}]
            messages[0].tool_calls[0].function.arguments | [{"role":"assistant","tool_calls":[{"type":"function","id":"x","function":{"name":"f"}}]}]
            messages[0].tool_calls[0].function.arguments | [{"role":"assistant","tool_calls":[{"type":"function","id":"x","function":{"name":"f","arguments":"[1]"}}]}]
            messages[0].tool_calls[0].function.arguments | [{"role":"assistant","tool_calls":[{"type":"function","id":"x","function":{"name":"f","arguments":"{"}}]}]
            messages[0].tool_calls      | [{"role":"assistant","tool_calls":[@,@]},{"role":"user","content":"Hi"}]
            messages[0].tool_calls      | [{"role":"assistant","tool_calls":[@]},{"role":"user","content":"Hi"}]
            messages[0].tool_call_id    | [{"role":"tool","content":"Hi"}]
            messages[0].tool_call_id    | [{"role":"tool","tool_call_id":"x","content":"Hi"}]
            messages[2].tool_call_id    | [{"role":"assistant","tool_calls":[@]},{"role":"tool","tool_call_id":"x","content":"1"},{"role":"tool","tool_call_id":"x","content":"2"}]
            messages[1].content         | [{"role":"assistant","tool_calls":[@]},{"role":"tool","tool_call_id":"x"}]
            messages[0].name            | [{"role":"function","name":"f","content":"Hi"}]
            messages[0].content         | [{"role":"user"}]
            messages[0].content         | [{"role":"user","content":null}]
            messages[0].content         | [{"role":"user","content":" "}]
            messages[0].content         | [{"role":"user","content":[]}]
            messages[0].content         | [{"role":"user","content":5}]
            messages[0].content         | [{"role":"user","content":{"type":"text","text":"Hi"}}]
            messages[0].content[0].type | [{"role":"user","content":["Hi"]}]
            messages[0].content[0].type | [{"role":"system","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}]
            messages[0].content[0].image_url.url | [{"role":"user","content":[{"type":"image_url"}]}]
            messages[0].content[0].image_url.url | [{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:,x"}}]}]
            messages[0].content[0].image_url.url | [{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,A-_A"}}]}]
            messages[0].content[0].image_url.url | [{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AAA"}}]}]
            messages[0].content[0].image_url.url | [{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://127.0.0.1/a.png"}}]}]
            messages[0].content[0].image_url.url | [{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/svg+xml;base64,AAAA"}}]}]
            messages[0].content[0].file.file_data | [{"role":"user","content":[{"type":"file","file":{"file_id":"x"}}]}]
            messages[0].content[0].file.file_data | [{"role":"user","content":[{"type":"file","file":{"file_data":"AAAA"}}]}]
            messages[0].content[0].file.file_data | [{"role":"user","content":[{"type":"file","file":{"file_data":"data:text/csv;base64,AAAA"}}]}]
            messages[0].content[0].type | [{"role":"user","content":[{"type":"input_audio"}]}]
            messages[0].content[1].type | [{"role":"user","content":[{"type":"text","text":"Hi"},{"type":"video"}]}]
            messages[0].content[0].text | [{"role":"user","content":[{"type":"text"}]}]
            """)
    void nameThePlaceInTheConversation(String param, String messages) throws Exception {
        var error = refusalOf("{\"model\":\"sonnet\",\"messages\":" + messages.replace("@", CALL) + "}");

        assertThat(error.path("param").asString()).isEqualTo(param);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "5", "true", "{}", "[]"})
    void nameTheModelWhereItIsNone(String model) throws Exception {
        var error = refusalOf("{\"model\":" + model.replace("''", "\"\"") + ",\"messages\":[" + QUESTION + "]}");

        assertThat(error.path("param").asString()).isEqualTo("model");
    }

    @Test
    void sayThatSoundIsNotHeard() throws Exception {
        var error = refusalOf("""
                {"model":"sonnet","messages":[{"role":"user","content":[{"type":"input_audio","input_audio":{}}]}]}""");

        assertThat(error.path("code").asString()).isEqualTo("unsupported_content");
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
