package dev.codewise.proxy.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.completion.ScriptedProvider;
import dev.codewise.proxy.completion.Turn;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Completions that are no chats. */
@OpenAiSlice
class PromptTest {

    @Autowired
    private ScriptedProvider provider;

    @LocalServerPort
    private int port;

    private Wire wire;

    @BeforeEach
    void answer() {
        wire = new Wire(port);
        provider.says("Hel", "lo");
    }

    @Test
    void isAnsweredInOnePiece() throws Exception {
        var response = complete("\"prompt\":[\"Say hello\"],\"max_tokens\":7,\"stop\":\"x\",\"seed\":1");

        assertThat(response.body().replaceAll("\"id\":\"cmpl-[^\"]+\",", "").replaceAll("\\d{10}", "0"))
                .isEqualTo("""
                        {"object":"text_completion","created":0,"model":"claude-sonnet-4-5","choices":[{"text":"Hello",\
                        "index":0,"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":117,\
                        "completion_tokens":5,"total_tokens":122,"prompt_tokens_details":{"cached_tokens":100},\
                        "completion_tokens_details":{"reasoning_tokens":2}}}""");
        assertThat(response.headers().firstValue(WithoutEffect.HEADER)).hasValue("seed");
        assertThat(provider.lastRequest().turns()).containsExactly(Turn.user("Say hello"));
        assertThat(provider.lastRequest().wishes().maxTokens()).isEqualTo(7);
        assertThat(provider.lastRequest().wishes().stop()).isEqualTo(List.of("x"));
    }

    @Test
    void isAnsweredAsAStream() throws Exception {
        var body = complete("\"prompt\":\"Hi\",\"stream\":true,\"stream_options\":{\"include_usage\":true}")
                .body();

        assertThat(body.lines()
                        .map(line -> line.replaceFirst("\\{\"id\".*\"choices\"", "@"))
                        .toList())
                .containsExactly(
                        "data: @:[{\"text\":\"Hel\",\"index\":0,\"logprobs\":null,\"finish_reason\":null}],\"usage\":null}",
                        "",
                        "data: @:[{\"text\":\"lo\",\"index\":0,\"logprobs\":null,\"finish_reason\":null}],\"usage\":null}",
                        "",
                        "data: @:[{\"text\":\"\",\"index\":0,\"logprobs\":null,\"finish_reason\":\"stop\"}],\"usage\":null}",
                        "",
                        "data: @:[],\"usage\":{\"prompt_tokens\":117,\"completion_tokens\":5,\"total_tokens\":122,"
                                + "\"prompt_tokens_details\":{\"cached_tokens\":100},"
                                + "\"completion_tokens_details\":{\"reasoning_tokens\":2}}}",
                        "",
                        "data: [DONE]",
                        "");
    }

    @Test
    void neverEndsCleanlyWhenItBreaksOff() throws Exception {
        provider.fails(Reason.PROVIDER_FAILED, "Hel");

        assertThat(complete("\"prompt\":\"Hi\",\"stream\":true").body())
                .contains("upstream_error")
                .doesNotContain("\"finish_reason\":\"");
    }

    @Test
    void isNamedWhereItIsTooLong() throws Exception {
        provider.fails(Reason.PROMPT_TOO_LONG);

        assertThat(complete("\"prompt\":\"Hi\"").body()).contains("\"param\":\"prompt\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            prompt   | "stream":false
            prompt   | "prompt":""
            prompt   | "prompt":[1,2]
            prompt   | "prompt":["a","b"]
            echo     | "prompt":"Hi","echo":true
            suffix   | "prompt":"Hi","suffix":"x"
            best_of  | "prompt":"Hi","best_of":2
            n        | "prompt":"Hi","n":2
            logprobs | "prompt":"Hi","logprobs":0
            stream_options | "prompt":"Hi","stream_options":{}
            """)
    void isRefusedWhereItCannotBeServed(String param, String fields) throws Exception {
        var response = complete(fields);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"param\":\"" + param + "\"");
        assertThat(provider.asked()).isZero();
    }

    private HttpResponse<String> complete(String fields) throws Exception {
        return wire.post(
                "/v1/completions", "{\"model\":\"sonnet\"," + fields + "}", "content-type", "application/json");
    }
}
