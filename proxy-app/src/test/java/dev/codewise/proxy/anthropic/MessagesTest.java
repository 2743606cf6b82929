package dev.codewise.proxy.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.codewise.proxy.CapturedLog;
import dev.codewise.proxy.completion.CompletionEnded.Outcome;
import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionEvent.Thinking;
import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Feature;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.completion.FinishReason;
import dev.codewise.proxy.completion.ScriptedProvider;
import dev.codewise.proxy.completion.Usage;
import dev.codewise.proxy.completion.Wishes;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.event.KeyValuePair;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import reactor.core.publisher.Flux;

/** What clients of the Messages API get where there is no key for the Claude API. */
@AnthropicSlice
class MessagesTest {

    private static final String PLAIN = """
            {"model":"sonnet","max_tokens":100,"messages":[{"role":"user","content":"Hi"}]}""";
    private static final String STREAM = """
            {"model":"sonnet","max_tokens":100,"stream":true,"messages":[{"role":"user","content":"Hi"}]}""";
    private static final Finished CALLED =
            new Finished(FinishReason.TOOL_CALLS, ScriptedProvider.USAGE, null, ScriptedProvider.MODEL);
    private static final CompletionEvent STOPPED_AT_THREE = new Finished(FinishReason.STOP, null, null, null, "3");

    @Autowired
    private ScriptedProvider provider;

    @Autowired
    private Ends ends;

    @LocalServerPort
    private int port;

    private Client client;

    @BeforeEach
    void connect() {
        client = new Client(port);
    }

    private void playsThoughtTextAndCalls() {
        provider.plays(Flux.just(
                new Taken(provider.self()),
                new Thinking("Hm"),
                new Thinking("…"),
                new Text("I look."),
                new ToolCallPiece(0, "toolu_1", "look", "{\"at\":"),
                new ToolCallPiece(0, null, null, "\"sky\"}"),
                new ToolCallPiece(1, "toolu_2", "wait", ""),
                CALLED));
    }

    @Nested
    class InOnePiece {

        @Test
        void hasEveryFieldThatClientsKnow() throws Exception {
            provider.says("Hel", "lo");

            var response = client.ask(PLAIN);

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
            assertThat(response.body())
                    .isEqualTo("""
                    {"id":"%s","type":"message","role":"assistant","model":"claude-sonnet-4-5",\
                    "content":[{"type":"text","text":"Hello"}],"stop_reason":"end_turn","stop_sequence":null,\
                    "usage":{"input_tokens":10,"cache_creation_input_tokens":7,"cache_read_input_tokens":100,\
                    "output_tokens":5}}""".formatted(requestId(response).replace("req_", "msg_")));
            assertThat(ends.await(response).outcome()).isEqualTo(Outcome.ANSWERED);
        }

        @Test
        void saysAtWhichOfTheStopSequencesItStopped() throws Exception {
            provider.plays(Flux.just(new Taken(provider.self()), new Text("1 2 "), STOPPED_AT_THREE));

            assertThat(client.ask(PLAIN).body()).contains("\"stop_reason\":\"stop_sequence\",\"stop_sequence\":\"3\"");
            assertThat(client.ask(STREAM).body())
                    .contains("\"delta\":{\"stop_reason\":\"stop_sequence\",\"stop_sequence\":\"3\"}");
        }

        @Test
        void holdsThoughtsTextAndCallsInTheirOrder() throws Exception {
            playsThoughtTextAndCalls();

            var response = client.ask(PLAIN);

            assertThat(response.body()).contains("""
                    "content":[{"type":"thinking","thinking":"Hm…","signature":""},{"type":"text","text":"I look."},\
                    {"type":"tool_use","id":"toolu_1","name":"look","input":{"at":"sky"}},\
                    {"type":"tool_use","id":"toolu_2","name":"wait","input":{}}],"stop_reason":"tool_use\"""");
        }

        @Test
        void holdsNoHalvesOfCharacters() throws Exception {
            provider.plays(Flux.just(
                    new Taken(provider.self()), new ToolCallPiece(0, "a", "look", "{\"at\":\"\\ud83d\"}"), CALLED));

            var response = client.ask(PLAIN);

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).contains("\"input\":{\"at\":\"\uFFFD\"}");
        }

        @Test
        void saysZeroWhereNobodyCounted() throws Exception {
            provider.finishesUncounted("Hello");

            var response = client.ask(PLAIN);

            assertThat(response.body()).contains("\"model\":\"sonnet\"", "\"input_tokens\":0", "\"output_tokens\":0");
        }

        @ParameterizedTest
        @CsvSource({"STOP,end_turn", "LENGTH,max_tokens", "TOOL_CALLS,tool_use", "CONTENT_FILTER,refusal"})
        void saysWhyTheModelStopped(FinishReason reason, String name) throws Exception {
            provider.finishes(reason, "x");

            var response = client.ask(PLAIN);

            assertThat(response.body()).contains("\"stop_reason\":\"" + name + "\"");
        }

        @Test
        void endsEmptyWhenTheModelWillNotAnswer() throws Exception {
            provider.fails(Reason.REFUSED);

            var response = client.ask(PLAIN);

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).contains("\"content\":[]", "\"stop_reason\":\"refusal\"");
            assertThat(ends.await(response).outcome()).isEqualTo(Outcome.ANSWERED);
        }

        @Test
        void isAnErrorWhenTheAnswerBreaksOffOrACallIsNoJson() throws Exception {
            provider.breaksOffAfter("Hel");
            assertThat(client.ask(PLAIN).statusCode()).isEqualTo(502);

            provider.plays(
                    Flux.just(new Taken(provider.self()), new ToolCallPiece(0, "toolu_1", "look", "{\"a"), CALLED));
            assertThat(client.ask(PLAIN).statusCode()).isEqualTo(502);
        }
    }

    @Nested
    class AsStream {

        @Test
        void tellsEverythingInTheOrderOnWhichClientsRely() throws Exception {
            playsThoughtTextAndCalls();

            var response = client.ask(STREAM);

            assertThat(response.headers().firstValue("content-type")).hasValue("text/event-stream");
            assertThat(response.headers().firstValue("cache-control")).hasValue("no-cache");
            assertThat(response.body()).isEqualTo(eventsOf(requestId(response).replace("req_", "msg_")));
            assertThat(ends.await(response).outcome()).isEqualTo(Outcome.ANSWERED);
        }

        private static String eventsOf(String id) {
            return """
                    event: message_start
                    data: {"type":"message_start","message":{"id":"%s","type":"message","role":"assistant",\
                    "model":"sonnet","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":0,\
                    "cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":0}}}

                    event: content_block_start
                    data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}

                    event: content_block_delta
                    data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Hm"}}

                    event: content_block_delta
                    data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"…"}}

                    event: content_block_stop
                    data: {"type":"content_block_stop","index":0}

                    event: content_block_start
                    data: {"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}

                    event: content_block_delta
                    data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"I look."}}

                    event: content_block_stop
                    data: {"type":"content_block_stop","index":1}

                    event: content_block_start
                    data: {"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"toolu_1","name":"look","input":{}}}

                    event: content_block_delta
                    data: {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"{\\"at\\":"}}

                    event: content_block_delta
                    data: {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"\\"sky\\"}"}}

                    event: content_block_stop
                    data: {"type":"content_block_stop","index":2}

                    event: content_block_start
                    data: {"type":"content_block_start","index":3,"content_block":{"type":"tool_use","id":"toolu_2","name":"wait","input":{}}}

                    event: content_block_stop
                    data: {"type":"content_block_stop","index":3}

                    event: message_delta
                    data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},\
                    "usage":{"input_tokens":10,"cache_creation_input_tokens":7,"cache_read_input_tokens":100,"output_tokens":5}}

                    event: message_stop
                    data: {"type":"message_stop"}

                    """.formatted(id);
        }

        @Test
        void beginsWithTheTokensThatAreCountedByThen() throws Exception {
            CompletionEvent taken = new Taken(provider.self(), Set.of(), new Usage(10, 1, 100, 7, 0));
            provider.plays(Flux.just(taken, new Text("Hi"), CALLED));

            assertThat(client.ask(STREAM).body()).contains("""
                    "stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":10,\
                    "cache_creation_input_tokens":7,"cache_read_input_tokens":100,"output_tokens":1}}}""");
        }

        @Test
        void neverBringsANumberThatIsNone() throws Exception {
            provider.finishesUncounted("Hello");

            assertThat(client.ask(STREAM).body())
                    .contains("\"input_tokens\":0", "\"output_tokens\":0")
                    .doesNotContain("tokens\":null");
        }

        @Test
        void isWholeWithoutAWord() throws Exception {
            provider.says();

            var response = client.ask(STREAM);

            assertThat(response.body().lines().filter(line -> line.startsWith("event: ")))
                    .containsExactly("event: message_start", "event: message_delta", "event: message_stop");
        }

        @Test
        void letsNoTextLookLikeTheEndOfAnEvent() throws Exception {
            provider.says("a\n\nevent: message_stop\u2028\u2029\u0085", "\ud83d", "\ude00");

            var response = client.ask(STREAM);

            assertThat(response.body())
                    .contains("a\\n\\nevent: message_stop\\u2028\\u2029\\u0085", "\"😀\"")
                    .containsOnlyOnce("\nevent: message_stop");
        }

        @Test
        void showsThatItLivesWhileThereIsNothingToTell() throws Exception {
            provider.stallsAfter();

            try (Socket socket = client.dial(STREAM.replace("sonnet", "claude-left"))) {
                var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                        .lines();

                assertThat(lines.filter(line -> line.startsWith("data: ")).limit(2))
                        .containsOnly("data: {\"type\":\"ping\"}");
            }
            await().untilAsserted(() -> assertThat(provider.cancelled()).isEqualTo(1));
            assertThat(ends.awaitOneFor("claude-left").outcome()).isEqualTo(Outcome.CANCELLED);
        }

        @Test
        void isAStatusWhenItFailsBeforeTheFirstWord() throws Exception {
            provider.fails(Reason.RATE_LIMITED);

            var response = client.ask(STREAM);

            assertThat(response.statusCode()).isEqualTo(429);
            assertThat(response.headers().firstValue("retry-after")).isPresent();
            assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        }

        @Test
        void breaksOffWithoutALogOfWhatWasSaid() throws Exception {
            provider.fails(new CompletionException(Reason.INVALID_REQUEST, "Refused: \"a secret\""), "Hel");
            try (var log = CapturedLog.of(AnthropicErrors.class)) {

                var response = client.ask(STREAM);

                assertThat(response.body()).contains("a secret");
                assertThat(log.events()).singleElement().satisfies(event -> {
                    assertThat(event.getLevel()).isEqualTo(Level.WARN);
                    assertThat(event.getKeyValuePairs())
                            .containsExactly(
                                    new KeyValuePair("requestId", requestId(response)),
                                    new KeyValuePair("status", 400),
                                    new KeyValuePair("type", "invalid_request_error"));
                    assertThat(event.getFormattedMessage()).isEqualTo("An answer broke off");
                });
            }
        }

        @Test
        void endsWithAnErrorEventWhenItFailsLater() throws Exception {
            provider.fails(Reason.OVERLOADED, "Hel");

            var response = client.ask(STREAM);

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body())
                    .endsWith("""
                    event: error
                    data: {"type":"error","error":{"type":"overloaded_error","message":"The laptop said no."},\
                    "request_id":"%s"}

                    """.formatted(requestId(response)))
                    .doesNotContain("message_stop");
            assertThat(ends.await(response).outcome()).isEqualTo(Outcome.FAILED);
        }
    }

    @Nested
    class Refusals {

        @ParameterizedTest
        @CsvSource({
            "UNKNOWN_MODEL,404,not_found_error",
            "INVALID_REQUEST,400,invalid_request_error",
            "PROMPT_TOO_LONG,400,invalid_request_error",
            "REQUEST_TOO_LARGE,413,request_too_large",
            "UNSUPPORTED,503,api_error",
            "RATE_LIMITED,429,rate_limit_error",
            "OVERLOADED,529,overloaded_error",
            "PROVIDER_UNAVAILABLE,503,api_error",
            "PROVIDER_TIMED_OUT,504,timeout_error",
            "PROVIDER_FAILED,502,api_error"
        })
        void haveTheStatusAndTypeThatClientsActUpon(Reason reason, int status, String type) throws Exception {
            provider.fails(reason);

            var response = client.ask(PLAIN);

            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(response.body())
                    .startsWith("{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"")
                    .endsWith("\"request_id\":\"" + requestId(response) + "\"}");
            assertThat(response.headers().firstValue("x-should-retry").isPresent())
                    .isEqualTo(status == 502 || status == 504 || reason == Reason.UNSUPPORTED);
        }

        @ParameterizedTest
        @EnumSource(
                value = Reason.class,
                names = {"RATE_LIMITED", "OVERLOADED", "PROVIDER_UNAVAILABLE"})
        void askNobodyToPayTwiceOnceAModelHasBegun(Reason reason) throws Exception {
            provider.fails(reason, "Hel");

            var response = client.ask(PLAIN);

            assertThat(response.statusCode()).isIn(429, 529, 503);
            assertThat(response.headers().firstValue("x-should-retry")).hasValue("false");
        }

        @Test
        void sayThatThePromptIsTooLongInTheWordsForWhichClaudeCodeLooks() throws Exception {
            provider.fails(Reason.PROMPT_TOO_LONG);

            assertThat(client.ask(PLAIN).body()).contains("\"message\":\"prompt is too long: ");
        }

        @Test
        void sayWhatNobodyHereCanTake() throws Exception {
            provider.fails(CompletionException.unsupported(Feature.TOOLS, "Not here."));

            var response = client.ask(PLAIN);

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.body()).contains("Not here.");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{\"model\":  | The body is not valid JSON (line 1, column",
                    "[]           | The body must be an object.",
                    "{}           | model: is missing.",
                    "{\"model\":\"gpt-5\",\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]} | gpt-5"
                })
        void sayWhatIsWrongWithTheBody(String body, String sentence) throws Exception {
            var response = client.ask(body);

            assertThat(response.statusCode()).isIn(400, 404);
            assertThat(response.body()).contains(sentence);
        }

        @Test
        void sayWhichLimitTheBodyPasses() throws Exception {
            var response = client.ask("{\"x\":" + "[".repeat(70) + "]".repeat(70) + "}");

            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body()).contains("beyond what is read here: nesting depth up to 64.");
            assertThat(client.ask("{\"x\":[" + "0,".repeat(600_000) + "0]}").body())
                    .contains("beyond what is read here: token count up to 500000.");
        }

        @Test
        void coverANameThatNoEncodingCanCarry() throws Exception {
            var response = client.ask(PLAIN.replace("sonnet", "\\ud83d"));

            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body()).contains("not_found_error");
        }

        @Test
        void sayWhoCouldCountTokens() throws Exception {
            var response = client.post("/v1/messages/count_tokens", PLAIN);

            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body()).contains("not_found_error", "ANTHROPIC_API_KEY");
        }
    }

    @Nested
    class Header {

        @Test
        void namesWhatHasNoEffect() throws Exception {
            CompletionEvent taken =
                    new Taken(provider.self(), Set.of(Wishes.Kind.TEMPERATURE, Wishes.Kind.STOP, Wishes.Kind.EFFORT));
            provider.plays(Flux.just(taken, new Text("Hi"), CALLED));

            var plain = client.ask(with("\"top_k\":5,\"context_management\":{}", PLAIN));
            var stream = client.ask(STREAM);

            assertThat(plain.headers().firstValue("x-codewise-ignored"))
                    .hasValue("context_management, top_k, temperature, stop_sequences, thinking");
            assertThat(stream.headers().firstValue("x-codewise-ignored"))
                    .hasValue("temperature, stop_sequences, thinking");
        }

        @Test
        void saysThatCallsAreNotHeldToTheirSchemasAndNothingOfTheUser() throws Exception {
            provider.plays(
                    Flux.just(new Taken(provider.self(), Set.of(Wishes.Kind.STRICT_CALLS, Wishes.Kind.USER)), CALLED));

            var response = client.ask(with(
                    "\"metadata\":{\"user_id\":\"u\"},\"tools\":[{\"name\":\"f\",\"strict\":true,\"input_schema\":{}}]",
                    PLAIN));

            assertThat(provider.lastRequest().toolbox().strictSchemas()).hasSize(1);
            assertThat(response.headers().firstValue("x-codewise-ignored")).hasValue("tools.strict");
        }

        @Test
        void isAbsentWhereEverythingHasItsEffect() throws Exception {
            provider.says("Hi");

            var response = client.ask(with("\"metadata\":{\"user_id\":\"u\"},\"unheard_of\":1", PLAIN));

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("x-codewise-ignored")).isEmpty();
        }

        @Test
        void namesTheRequestAsAnthropicDoes() throws Exception {
            provider.says("Hi");

            var response = client.post("/v1/messages?beta=true", PLAIN);

            assertThat(response.headers().firstValue("request-id")).hasValue(requestId(response));
        }
    }

    @Test
    void letClientsKnock() throws Exception {
        var head = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .method("HEAD", BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(20))
                .build();

        var response = HttpClient.newHttpClient().send(head, BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    private static String with(String fields, String body) {
        return "{" + fields + "," + body.substring(1);
    }

    private static String requestId(HttpResponse<?> response) {
        return response.headers().firstValue("x-request-id").orElseThrow();
    }
}
