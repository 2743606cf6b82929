package dev.codewise.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.fixtures.ApiAnswer;
import dev.codewise.fixtures.FakeAnthropic;
import dev.codewise.fixtures.RealClaude;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a client can ask beyond words, on the whole way: the proxy's jar, the agent's jar, the real Claude Code. */
@Tag("long")
@RealClaude
class WishesIT {

    /** Of a body, and of what an agent is asked: in the second one more is said around the words. */
    private static final int LIMIT = 8 * 1024 * 1024;

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** One pixel. */
    private static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    @TempDir
    private static Path folder;

    private static Installation codewise;
    private static FakeAnthropic anthropic;
    private static AgentProcess agent;

    @BeforeAll
    static void install() throws Exception {
        codewise = Installation.withoutKey(Files.createDirectory(folder.resolve("codewise")));
        anthropic = codewise.freshAnthropic();
        agent = codewise.connectAgent();
    }

    @AfterAll
    static void remove() throws IOException {
        agent.close();
        codewise.close();
    }

    @BeforeEach
    void begin() {
        anthropic.forget();
    }

    @Test
    void bringsAPictureToTheModel() throws Exception {
        chat("""
                {"model":"sonnet","messages":[{"role":"user","content":[{"type":"text","text":"What is it?"},
                 {"type":"image_url","image_url":{"url":"data:image/png;base64,%s"}}]}]}""".formatted(PNG));

        JsonNode said = asked().at("/messages/0/content");
        assertThat(said.toString())
                .contains("{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"" + PNG + "\"}")
                .contains("What is it?");
    }

    @Test
    void bringsADocumentToTheModel() throws Exception {
        chat("""
                {"model":"sonnet","messages":[{"role":"user","content":[{"type":"text","text":"Sum it up."},
                 {"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,JVBERi0="}}]}]}""");

        assertThat(asked().at("/messages/0/content").toString())
                .contains("{\"type\":\"base64\",\"media_type\":\"application/pdf\",\"data\":\"JVBERi0=\"}");
    }

    @Test
    void holdsTheAnswerToASchema() throws Exception {
        anthropic.next(ApiAnswer.callsTool("toolu_1", "StructuredOutput", "{\"city\":", "\"Ulm\"}"));

        JsonNode answer = chat("""
                {"model":"sonnet","messages":[{"role":"user","content":"Where?"}],
                 "response_format":{"type":"json_schema","json_schema":{"name":"place","schema":{"type":"object",
                 "properties":{"city":{"type":"string"}},"required":["city"],"additionalProperties":false}}}}""");

        assertThat(answer.at("/choices/0/message/content").asString()).isEqualTo("{\"city\":\"Ulm\"}");
        assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
    }

    @Test
    void endsAtTheTokenLimit() throws Exception {
        anthropic.next(ApiAnswer.says("As long as ", "it goes").stopsFor("max_tokens"));

        JsonNode answer = chat("""
                {"model":"sonnet","messages":[{"role":"user","content":"Go on"}],"max_completion_tokens":7}""");

        assertThat(answer.at("/choices/0/message/content").asString()).isEqualTo("As long as it goes");
        assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("length");
        assertThat(asked().path("max_tokens").asInt()).isEqualTo(7);
    }

    @Test
    void endsAtAStopSequence() throws Exception {
        anthropic.next(ApiAnswer.says("one ").stopsAt("two"));

        HttpResponse<String> answer = post("/v1/messages", """
                {"model":"sonnet","max_tokens":99,"messages":[{"role":"user","content":"Count"}],"stop_sequences":["two"]}""");

        assertThat(JSON.readTree(answer.body()).path("stop_reason").asString()).isEqualTo("stop_sequence");
        assertThat(JSON.readTree(answer.body()).path("stop_sequence").asString())
                .isEqualTo("two");
        assertThat(asked().path("stop_sequences").toString()).isEqualTo("[\"two\"]");
        assertThat(answer.headers().firstValue("x-codewise-ignored")).isEmpty();
    }

    @Test
    void samplesAsTheModelCan() throws Exception {
        HttpResponse<String> can = post("/v1/chat/completions", """
                {"model":"haiku","messages":[{"role":"user","content":"Hi"}],"temperature":0.2}""");
        HttpResponse<String> cannot = post("/v1/chat/completions", """
                {"model":"sonnet","messages":[{"role":"user","content":"Hi"}],"temperature":0.2}""");

        assertThat(can.headers().firstValue("x-codewise-ignored")).isEmpty();
        assertThat(cannot.headers().firstValue("x-codewise-ignored")).contains("temperature");
        assertThat(asked().path("temperature").asDouble()).isEqualTo(0.2);
        assertThat(asked().has("temperature")).isFalse();
    }

    @Test
    void thinksAsHardAsWishedAndSaysWhatItThinks() throws Exception {
        anthropic.next(ApiAnswer.says("Blue.").thinks("The sky ", "is meant."));

        JsonNode answer = chat("""
                {"model":"sonnet","messages":[{"role":"user","content":"Which colour?"}],"reasoning_effort":"high"}""");

        assertThat(asked().at("/output_config/effort").asString()).isEqualTo("high");
        assertThat(answer.at("/choices/0/message/reasoning_content").asString()).isEqualTo("The sky is meant.");
        assertThat(answer.at("/choices/0/message/content").asString()).isEqualTo("Blue.");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"required\"',                                          true,  '{\"type\":\"any\"}'",
        "'{\"type\":\"function\",\"function\":{\"name\":\"b\"}}', true,  '{\"type\":\"tool\",\"name\":\"mcp__c__b\"}'",
        "'\"none\"',                                              true,  '{\"type\":\"none\"}'",
        "'\"auto\"',                                              false, '{\"type\":\"auto\",\"disable_parallel_tool_use\":true}'"
    })
    void choosesToolsAsWished(String choice, boolean parallel, String asked) throws Exception {
        var request = question("Hi");
        for (String name : new String[] {"a", "b"}) {
            request.withArray("tools")
                    .addObject()
                    .put("type", "function")
                    .putObject("function")
                    .put("name", name);
        }
        request.set("tool_choice", JSON.readTree(choice));
        request.put("parallel_tool_calls", parallel);

        chat(request.toString());

        assertThat(asked().path("tool_choice")).isEqualTo(JSON.readTree(asked));
    }

    @Nested
    class LargeThings {

        @Test
        void aPromptOfAMegabyteIsAnswered() throws Exception {
            anthropic.says("Read.");

            // of few tokens, for Claude Code counts them before it asks
            JsonNode answer = chat(question("word ".repeat(100_000)).toString());

            assertThat(answer.at("/choices/0/message/content").asString()).isEqualTo("Read.");
        }

        @Test
        void anOverlongPromptIsRefusedAsSuch() throws Exception {
            HttpResponse<String> answer = post(
                    "/v1/chat/completions", question("word ".repeat(1_000_000)).toString());

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(JSON.readTree(answer.body()).at("/error/code").asString())
                    .isEqualTo("context_length_exceeded");
        }

        @Test
        void aRequestBeyondTheLimitOfAgentsIsRefusedByName() throws Exception {
            HttpResponse<String> answer = post(
                    "/v1/chat/completions", question("x".repeat(LIMIT - 100)).toString());

            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(JSON.readTree(answer.body()).at("/error/message").asString())
                    .contains("8388608 bytes");
        }

        @Test
        void toolsAreTakenInGreatNumbers() throws Exception {
            var request = question("Hi");
            IntStream.range(0, 128)
                    .forEach(number -> request.withArray("tools")
                            .addObject()
                            .put("type", "function")
                            .putObject("function")
                            .put("name", "tool_" + number));

            chat(request.toString());

            assertThat(asked().path("tools")).hasSize(128);
        }

        @Test
        void theOutputOfAToolOfTwoMegabytesIsAnsweredOrRefusedAsTooLong() throws Exception {
            anthropic.says("Read.");
            var request = question("Hi");
            request.withArray("messages").add(JSON.readTree("""
                    {"role":"assistant","tool_calls":[{"id":"toolu_1","type":"function",
                     "function":{"name":"look","arguments":"{}"}}]}"""));
            request.withArray("messages")
                    .addObject()
                    .put("role", "tool")
                    .put("tool_call_id", "toolu_1")
                    .put("content", "word ".repeat(400_000));

            HttpResponse<String> answer = post("/v1/chat/completions", request.toString());

            assertThat(answer.statusCode()).as(answer.body()).isIn(200, 400);
            if (answer.statusCode() == 400) {
                assertThat(JSON.readTree(answer.body()).at("/error/code").asString())
                        .isEqualTo("context_length_exceeded");
            }
        }

        @Test
        void aLongHistoryIsAnswered() throws Exception {
            anthropic.says("Read.");
            String turns = IntStream.range(0, 5_000)
                    .mapToObj(number -> "{\"role\":\"user\",\"content\":\"q" + number
                            + "\"},{\"role\":\"assistant\",\"content\":\"a" + number + "\"}")
                    .collect(Collectors.joining(","));

            JsonNode answer = chat(
                    "{\"model\":\"sonnet\",\"messages\":[" + turns + ",{\"role\":\"user\",\"content\":\"And now?\"}]}");

            assertThat(answer.at("/choices/0/message/content").asString()).isEqualTo("Read.");
            assertThat(asked().path("messages")).hasSize(10_001);
        }
    }

    private static ObjectNode question(String text) {
        var request = JSON.createObjectNode().put("model", "sonnet");
        request.putArray("messages").addObject().put("role", "user").put("content", text);
        return request;
    }

    /** What Claude Code asked of the API. */
    private static JsonNode asked() {
        return anthropic.awaitRequest().body();
    }

    private static JsonNode chat(String body) throws Exception {
        HttpResponse<String> answer = post("/v1/chat/completions", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-codewise-ignored")).isEmpty();
        return JSON.readTree(answer.body());
    }

    private static HttpResponse<String> post(String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(codewise.url().resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }
}
