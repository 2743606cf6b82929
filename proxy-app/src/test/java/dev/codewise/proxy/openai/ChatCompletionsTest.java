package dev.codewise.proxy.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.proxy.completion.CompletionEnded.Outcome;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.completion.FinishReason;
import dev.codewise.proxy.completion.Part;
import dev.codewise.proxy.completion.ScriptedProvider;
import dev.codewise.proxy.completion.Turn;
import dev.codewise.proxy.completion.Turn.Role;
import dev.codewise.proxy.completion.Wishes;
import dev.codewise.proxy.completion.Wishes.Effort;
import dev.codewise.proxy.completion.Wishes.Kind;
import dev.codewise.proxy.web.LiveEvents;
import dev.codewise.proxy.web.RequestId;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import reactor.core.publisher.Flux;

@OpenAiSlice
class ChatCompletionsTest {

    private static final String PLAIN = """
            {"model":"sonnet","messages":[{"role":"user","content":"Hi"}]}""";
    private static final String STREAM = """
            {"model":"sonnet","stream":true,"messages":[{"role":"user","content":"Hi"}]}""";
    private static final String STREAM_WITH_USAGE = """
            {"model":"sonnet","stream":true,"stream_options":{"include_usage":true},\
            "messages":[{"role":"user","content":"Hi"}]}""";

    @Autowired
    private ScriptedProvider provider;

    @Autowired
    private Outcomes outcomes;

    @LocalServerPort
    private int port;

    private Wire wire;

    @BeforeEach
    void connect() {
        wire = new Wire(port);
    }

    @Nested
    class InOnePiece {

        @Test
        void hasEveryFieldThatClientsInsistOn() throws Exception {
            provider.says("Hel", "lo");

            var response = wire.chat(PLAIN);

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
            assertThat(withoutTime(response.body())).isEqualTo("""
                    {"id":"%s","object":"chat.completion","created":0,"model":"claude-sonnet-4-5","choices":[{"index":0,\
                    "message":{"role":"assistant","content":"Hello","refusal":null},"logprobs":null,"finish_reason":"stop"}],\
                    "usage":{"prompt_tokens":117,"completion_tokens":5,"total_tokens":122,\
                    "prompt_tokens_details":{"cached_tokens":100},"completion_tokens_details":{"reasoning_tokens":2}}}""".formatted(chatIdOf(response)));
            assertThat(outcomeOf(response)).isEqualTo(Outcome.ANSWERED);
        }

        @Test
        void namesTheModelThatWasAskedForWhereNobodySaysWhichOneRan() throws Exception {
            provider.finishesUncounted("Hello");

            var response = wire.chat(PLAIN);

            assertThat(response.body()).contains("\"model\":\"sonnet\"").doesNotContain("usage");
        }

        @Test
        void isEmptyRatherThanAbsentWhenNothingWasSaid() throws Exception {
            provider.says();

            var response = wire.chat(PLAIN);

            assertThat(response.body()).contains("\"content\":\"\"");
        }

        @ParameterizedTest
        @CsvSource({"STOP,stop", "LENGTH,length", "TOOL_CALLS,tool_calls", "CONTENT_FILTER,content_filter"})
        void saysWhyTheModelStopped(FinishReason reason, String name) throws Exception {
            provider.finishes(reason, "x");

            var response = wire.chat(PLAIN);

            assertThat(response.body()).contains("\"finish_reason\":\"" + name + "\"");
        }

        @Test
        void endsEmptyWhenTheModelWillNotAnswer() throws Exception {
            provider.fails(Reason.REFUSED);

            var response = wire.chat(PLAIN);

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body())
                    .contains("\"content\":\"\"", "\"finish_reason\":\"content_filter\"")
                    .doesNotContain("usage");
            assertThat(outcomeOf(response)).isEqualTo(Outcome.ANSWERED);
        }

        @Test
        void endsWhereTheModelWillNotGoOn() throws Exception {
            provider.fails(Reason.REFUSED, "Hel");

            var response = wire.chat(PLAIN);

            assertThat(response.body()).contains("\"content\":\"Hel\"", "\"finish_reason\":\"content_filter\"");
            assertThat(outcomeOf(response)).isEqualTo(Outcome.ANSWERED);
        }

        @Test
        void isNotToBeAskedForAgainOnceAModelHasBegun() throws Exception {
            provider.fails(Reason.RATE_LIMITED, "Hel");
            var begun = wire.chat(PLAIN);
            provider.fails(Reason.RATE_LIMITED);
            var notBegun = wire.chat(PLAIN);

            assertThat(begun.statusCode()).isEqualTo(429);
            assertThat(begun.headers().firstValue("x-should-retry")).hasValue("false");
            assertThat(notBegun.headers().firstValue("x-should-retry")).isEmpty();
        }

        @Test
        void isAnErrorWhenTheAnswerBreaksOff() throws Exception {
            provider.breaksOffAfter("Hel");

            var response = wire.chat(PLAIN);

            assertThat(response.statusCode()).isEqualTo(502);
            assertThat(response.body()).contains("upstream_error").doesNotContain("Hel\"");
        }

        @Test
        void stopsTheWorkWhenTheClientHangsUp() throws Exception {
            provider.stallsAfter("Hel");
            Socket client = wire.dialChat(PLAIN);
            await().until(() -> provider.asked() == 1);

            client.close();

            await().until(() -> provider.cancelled() == 1);
            await().until(() -> outcomes.of(provider.lastRequest().id()) == Outcome.CANCELLED);
        }
    }

    @Nested
    class AsStream {

        @Test
        void isThisByteForByte() throws Exception {
            provider.says("Hel", "lo");

            var response = wire.chat(STREAM);

            assertThat(withoutTime(response.body())).isEqualTo("""
                    data: {@"choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"logprobs":null,"finish_reason":null}]}

                    data: {@"choices":[{"index":0,"delta":{"content":"Hel"},"logprobs":null,"finish_reason":null}]}

                    data: {@"choices":[{"index":0,"delta":{"content":"lo"},"logprobs":null,"finish_reason":null}]}

                    data: {@"choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}]}

                    data: [DONE]

                    """.replace("@", chunkHeadOf(response)));
            assertThat(outcomeOf(response)).isEqualTo(Outcome.ANSWERED);
        }

        @Test
        void tellsTheUsageInAnEventOfItsOwnWhereThatIsWanted() throws Exception {
            provider.says("Hello");

            var response = wire.chat(STREAM_WITH_USAGE);

            assertThat(withoutTime(response.body())).isEqualTo("""
                    data: {@"choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"logprobs":null,"finish_reason":null}],"usage":null}

                    data: {@"choices":[{"index":0,"delta":{"content":"Hello"},"logprobs":null,"finish_reason":null}],"usage":null}

                    data: {@"choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}],"usage":null}

                    data: {@"choices":[],"usage":{"prompt_tokens":117,"completion_tokens":5,"total_tokens":122,\
                    "prompt_tokens_details":{"cached_tokens":100},"completion_tokens_details":{"reasoning_tokens":2}}}

                    data: [DONE]

                    """.replace("@", chunkHeadOf(response)));
        }

        @Test
        void endsWithAnEventForTheUsageWhereNobodyCounted() throws Exception {
            provider.finishesUncounted("Hello");

            var response = wire.chat(STREAM_WITH_USAGE);

            assertThat(withoutTime(response.body())).endsWith("""
                    "finish_reason":"stop"}],"usage":null}

                    data: {%s"choices":[],"usage":null}

                    data: [DONE]

                    """.formatted(chunkHeadOf(response)));
        }

        @Test
        void passesProxiesUnbuffered() throws Exception {
            provider.says("Hello");

            var headers = wire.chat(STREAM).headers();

            assertThat(headers.firstValue("content-type")).hasValue("text/event-stream");
            assertThat(headers.firstValue("cache-control")).hasValue("no-cache");
            assertThat(headers.firstValue("x-accel-buffering")).hasValue("no");
        }

        @Test
        void reachesTheClientWordByWord() throws Exception {
            provider.stallsAfter("Hel");

            try (Socket client = wire.dialChat(STREAM)) {
                var lines = Wire.linesOf(client);

                assertThat(lines.filter(line -> line.contains("\"Hel\"")).findFirst())
                        .isPresent();
            }
        }

        @Test
        void beatsWhileTheFirstWordIsAwaited() throws Exception {
            provider.stallsAfter();

            try (Socket client = wire.dialChat(STREAM)) {
                var lines = Wire.linesOf(client);

                assertThat(lines.filter(LiveEvents.COMMENT.strip()::equals).limit(2))
                        .hasSize(2);
            }
        }

        @Test
        void tellsAFailureByItsStatusWhileNothingWasSaid() throws Exception {
            provider.fails(Reason.PROVIDER_FAILED);

            var response = wire.chat(STREAM);

            assertThat(response.statusCode()).isEqualTo(502);
            assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        }

        @Test
        void tellsAFailureInItsLastEventOnceSomethingWasSaid() throws Exception {
            provider.fails(Reason.PROVIDER_TIMED_OUT, "Hel");

            var response = wire.chat(STREAM);

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).endsWith("""
                            data: {"error":{"message":"The laptop said no.","type":"timeout","param":null,"code":"timeout"}}

                            data: [DONE]

                            """).doesNotContain("\"finish_reason\":\"", "event:");
            assertThat(outcomeOf(response)).isEqualTo(Outcome.FAILED);
        }

        @Test
        void neverEndsCleanlyWhenTheAnswerBreaksOff() throws Exception {
            provider.breaksOffAfter("Hel");

            var response = wire.chat(STREAM);

            assertThat(response.body()).contains("\"type\":\"upstream_error\"").doesNotContain("\"finish_reason\":\"");
        }

        @Test
        void stopsTheWorkWhenTheClientHangsUp() throws Exception {
            provider.stallsAfter("Hel");
            Socket client = wire.dialChat(STREAM);
            assertThat(Wire.linesOf(client).findFirst()).isPresent();

            client.close();

            await().until(() -> provider.cancelled() == 1);
            await().until(() -> outcomes.of(provider.lastRequest().id()) == Outcome.CANCELLED);
        }

        @Test
        void stopsTheWorkWhenTheClientHangsUpBeforeTheFirstWord() throws Exception {
            provider.stallsAfter();
            Socket client = wire.dialChat(STREAM);
            await().until(() -> provider.asked() == 1);

            client.close();

            await().until(() -> provider.cancelled() == 1);
        }
    }

    @Nested
    class Question {

        @BeforeEach
        void answer() {
            provider.says("Hello");
        }

        @Test
        void comesFromTheMessagesInTheirOrder() throws Exception {
            wire.chat("""
                    {"model":"opus","max_tokens":7,"max_completion_tokens":9,"unheard_of":{"a":[1]},"messages":[
                      {"role":"system","content":"Be brief."},
                      {"role":"user","content":[{"type":"text","text":"One"},{"type":"text","text":"Two"}],"name":"x"},
                      {"role":"assistant","content":"Three","refusal":null,"tool_calls":null},
                      {"role":"assistant","content":null},
                      {"role":"developer","content":[{"type":"text","text":"Be kind."}]},
                      {"role":"user","content":"Four"}]}""");

            var request = provider.lastRequest();
            assertThat(request.model()).isEqualTo("opus");
            assertThat(request.system()).isEqualTo("Be brief.\nBe kind.");
            assertThat(request.turns())
                    .containsExactly(
                            new Turn(Role.USER, List.of(new Part.Text("One"), new Part.Text("Two"))),
                            Turn.assistant("Three"),
                            Turn.user("Four"));
            assertThat(request.wishes().maxTokens()).isEqualTo(9);
        }

        @Test
        void mayLeaveEverythingElseNull() throws Exception {
            var response = wire.chat("""
                    {"model":"sonnet","messages":[{"role":"user","content":"Hi"}],"stream":null,"stream_options":null,
                     "max_tokens":null,"max_completion_tokens":null,"n":null,"tools":null,"tool_choice":null,"functions":null,
                     "response_format":null,"logprobs":null,"modalities":null,"audio":null,"temperature":null,"stop":null}""");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue(WithoutEffect.HEADER)).isEmpty();
            assertThat(provider.lastRequest().system()).isNull();
            assertThat(provider.lastRequest().wishes().maxTokens()).isNull();
        }

        @Test
        void mayAskForWhatHappensAnyway() throws Exception {
            var response = wire.chat("""
                    {"model":"sonnet","messages":[{"role":"user","content":"Hi"}],"stream":false,"n":1,"tools":[],
                     "tool_choice":"auto","function_call":"none","response_format":{"type":"text"},"logprobs":false,"modalities":["text"]}""");

            assertThat(response.statusCode()).isEqualTo(200);
        }

        @Test
        void learnsWhichOfItsFieldsHadNoEffect() throws Exception {
            var response = wire.chat("""
                    {"model":"sonnet","messages":[{"role":"user","content":"Hi"}],"prompt_cache_key":"me","seed":5,"unheard_of":1,\
                    "presence_penalty":0,"logit_bias":{},"store":false,"service_tier":"auto"}""");

            assertThat(response.headers().firstValue(WithoutEffect.HEADER)).hasValue("prompt_cache_key, seed");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                frequency_penalty      | 0.5
                logit_bias             | {"50256":-100}
                metadata               | {"a":"b"}
                moderation             | {}
                prediction             | {"type":"content","content":"x"}
                presence_penalty       | -1
                prompt_cache_key       | "k"
                prompt_cache_options   | {}
                prompt_cache_retention | "24h"
                seed                   | 1
                service_tier           | "priority"
                store                  | true
                top_logprobs           | 2
                verbosity              | "low"
                web_search_options     | {}
                """)
        void learnsThatItsFieldHadNoEffect(String field, String value) throws Exception {
            var response = wire.chat("{\"model\":\"sonnet\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\""
                    + field + "\":" + value + "}");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue(WithoutEffect.HEADER)).hasValue(field);
        }

        @Test
        void learnsThatAPartOfItsFieldHadNoEffect() throws Exception {
            String body = """
                    {"model":"sonnet","messages":[{"role":"user","content":"Hi"}],"stream":true,\
                    "stream_options":{"include_obfuscation":%s}}""";

            assertThat(wire.chat(body.formatted(true)).headers().firstValue(WithoutEffect.HEADER))
                    .hasValue("stream_options.include_obfuscation");
            assertThat(wire.chat(body.formatted(false)).headers().firstValue(WithoutEffect.HEADER))
                    .isEmpty();
        }

        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void learnsWhatWhoeverTookItDoesNotHeed(boolean stream) throws Exception {
            var unheeded = EnumSet.allOf(Kind.class);
            provider.plays(
                    Flux.just(new Taken(provider.self(), unheeded), new Finished(FinishReason.STOP, null, null, null)));

            var response = wire.chat("""
                    {"model":"sonnet","messages":[{"role":"user","content":"Hi"}],"stream":%s,"user":"me",\
                    "max_completion_tokens":9}""".formatted(stream));

            assertThat(response.headers().firstValue(WithoutEffect.HEADER))
                    .hasValue(
                            "max_completion_tokens, reasoning_effort, stop, temperature, tools[].function.strict, top_p, user");
        }

        @Test
        void forgetsWhatOnlySomebodyBeforeDidNotHeed() throws Exception {
            provider.plays(Flux.just(
                    new Taken(provider.self(), EnumSet.of(Kind.STOP)),
                    new Taken(provider.self()),
                    new Finished(FinishReason.STOP, null, null, null)));

            assertThat(wire.chat(STREAM).headers().firstValue(WithoutEffect.HEADER))
                    .isEmpty();
        }

        @Test
        void tunesTheAnswer() throws Exception {
            wire.chat("""
                    {"model":"sonnet","messages":[{"role":"user","content":"Hi"}],"temperature":1.5,"top_p":0.5,\
                    "stop":["a","b"],"reasoning_effort":"high","max_tokens":7}""");

            assertThat(provider.lastRequest().wishes())
                    .isEqualTo(new Wishes(7, 1.5, 0.5, List.of("a", "b"), Effort.HIGH, null));
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                "user":"me"                           | me
                "safety_identifier":"you"             | you
                "user":"me","safety_identifier":"you" | you
                """)
        void saysForWhomTheAnswerIs(String fields, String user) throws Exception {
            wire.chat("{\"model\":\"sonnet\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]," + fields + "}");

            assertThat(provider.lastRequest().wishes().user()).isEqualTo(user);
        }

        @Test
        void mayNameWhoSpeaksAndItsSchema() throws Exception {
            provider.says("{}");

            var response = wire.chat("""
                    {"model":"sonnet","messages":[{"role":"user","name":"Ann","content":"Hi"}],"response_format":\
                    {"type":"json_schema","json_schema":{"name":"x","schema":{"type":"object"}}}}""");

            assertThat(response.headers().firstValue(WithoutEffect.HEADER)).isEmpty();
            assertThat(provider.lastRequest().turns()).containsExactly(Turn.user("Hi"));
        }

        @Test
        void mayStopAtOneWord() throws Exception {
            wire.chat("""
                    {"model":"sonnet","messages":[{"role":"user","content":"Hi"}],"temperature":0,"stop":"END"}""");

            assertThat(provider.lastRequest().wishes())
                    .isEqualTo(new Wishes(null, 0.0, null, List.of("END"), null, null));
        }

        @Test
        void bringsImagesAndDocuments() throws Exception {
            wire.chat("""
                    {"model":"sonnet","messages":[{"role":"user","content":[
                      {"type":"text","text":"What is this?"},
                      {"type":"image_url","image_url":{"url":"data:image/jpg;base64,/9j/4A==","detail":"low"}},
                      {"type":"file","file":{"filename":"a.pdf","file_data":"DATA:application/pdf;base64,JVBERi0="}}]}]}""");

            assertThat(provider.lastRequest().turns())
                    .containsExactly(new Turn(
                            Role.USER,
                            List.of(
                                    new Part.Text("What is this?"),
                                    new Part.Image("image/jpeg", "/9j/4A=="),
                                    new Part.Document("application/pdf", "JVBERi0="))));
        }

        @Test
        void carriesAMegabyte() throws Exception {
            String prompt = "x".repeat(1024 * 1024);

            wire.chat(PLAIN.replace("Hi", prompt));

            assertThat(provider.lastRequest().turns()).containsExactly(Turn.user(prompt));
        }

        @Test
        void losesHalvesOfCharacters() throws Exception {
            wire.chat(PLAIN.replace("Hi", "a\\ud83db \\ud83d\\ude00"));

            assertThat(provider.lastRequest().turns()).containsExactly(Turn.user("a\uFFFDb \uD83D\uDE00"));
        }
    }

    private @Nullable Outcome outcomeOf(HttpResponse<?> response) {
        return outcomes.of(requestIdOf(response));
    }

    private static String requestIdOf(HttpResponse<?> response) {
        return response.headers().firstValue(RequestId.HEADER).orElseThrow();
    }

    private static String chatIdOf(HttpResponse<?> response) {
        return requestIdOf(response).replace("req_", "chatcmpl-");
    }

    private static String chunkHeadOf(HttpResponse<?> response) {
        return "\"id\":\"" + chatIdOf(response)
                + "\",\"object\":\"chat.completion.chunk\",\"created\":0,\"model\":\"sonnet\",";
    }

    private static String withoutTime(String body) {
        return body.replaceAll("\"created\":1\\d{9},", "\"created\":0,");
    }
}
