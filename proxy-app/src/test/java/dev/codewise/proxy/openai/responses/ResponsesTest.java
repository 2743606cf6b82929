package dev.codewise.proxy.openai.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.proxy.completion.Answerer;
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
import dev.codewise.proxy.completion.Part;
import dev.codewise.proxy.completion.ScriptedProvider;
import dev.codewise.proxy.completion.Toolbox;
import dev.codewise.proxy.completion.Turn;
import dev.codewise.proxy.completion.Turn.Role;
import dev.codewise.proxy.completion.Wishes;
import dev.codewise.proxy.completion.Wishes.Effort;
import dev.codewise.proxy.openai.Wire;
import dev.codewise.proxy.openai.responses.Responses.Event;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ResponsesSlice
class ResponsesTest {

    @Autowired
    private ScriptedProvider provider;

    @LocalServerPort
    private int port;

    private Responses responses;

    @BeforeEach
    void connect() {
        responses = new Responses(new Wire(port));
    }

    @Nested
    class InOnePiece {

        @Test
        void hasEveryFieldThatClientsInsistOn() throws Exception {
            provider.says("Hel", "lo");

            var response = responses.ask("\"instructions\":\"Be brief.\",\"metadata\":{\"a\":\"b\"}");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
            String id = "resp_" + nameOf(response);
            assertThat(withoutTime(response.body())).isEqualTo("""
                    {"id":"%s","object":"response","created_at":0,"status":"completed","background":false,"error":null,\
                    "incomplete_details":null,"instructions":"Be brief.","max_output_tokens":null,\
                    "model":"claude-sonnet-4-5","output":[{"id":"msg_%s_0","type":"message","status":"completed",\
                    "role":"assistant","content":[{"type":"output_text","annotations":[],"logprobs":[],"text":"Hello"}]}],\
                    "parallel_tool_calls":true,"previous_response_id":null,"reasoning":{"effort":null,"summary":null},\
                    "store":true,"temperature":null,"text":{"format":{"type":"text"}},"tool_choice":"auto","tools":[],\
                    "top_p":null,"truncation":"disabled","usage":{"input_tokens":117,"input_tokens_details":\
                    {"cached_tokens":100,"cache_write_tokens":7},"output_tokens":5,"output_tokens_details":\
                    {"reasoning_tokens":2},"total_tokens":122},"metadata":{"a":"b"}}""".formatted(id, nameOf(response)));
        }

        @Test
        void isIncompleteWhenTheModelWillNotAnswer() throws Exception {
            provider.fails(Reason.REFUSED);

            var response = Responses.json(responses.ask(""));

            assertThat(response.path("status").asString()).isEqualTo("incomplete");
            assertThat(response.at("/incomplete_details/reason").asString()).isEqualTo("content_filter");
        }

        @ParameterizedTest
        @CsvSource({
            "UNKNOWN_MODEL,404,model_not_found",
            "RATE_LIMITED,429,rate_limit_exceeded",
            "PROVIDER_UNAVAILABLE,503,no_agent",
            "PROVIDER_FAILED,502,upstream_error"
        })
        void isAnErrorOfItsOwnWhenItFails(Reason reason, int status, String code) throws Exception {
            provider.fails(reason, "Hel");

            var response = responses.ask("");

            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(Responses.json(response).at("/error/code").asString()).isEqualTo(code);
        }

        @ParameterizedTest
        @CsvSource({"TOOLS,tools", "IMAGES,input", "DOCUMENTS,input", "SCHEMA,text.format"})
        void namesTheFieldThatNobodyCanTake(Feature feature, String param) throws Exception {
            provider.fails(CompletionException.unsupported(feature, "Not here."));

            var response = responses.ask("");

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.body()).contains("\"param\":\"" + param + "\"", "\"code\":\"unsupported_content\"");
        }

        @Test
        void namesTheInputWhereThatIsTooLong() throws Exception {
            provider.fails(Reason.PROMPT_TOO_LONG);

            assertThat(responses.ask("").body()).contains("\"param\":\"input\"");
        }

        @ParameterizedTest
        @CsvSource({"Text", "Thinking"})
        void isNotToBeRepeatedOnceAModelHasBegun(String begun) throws Exception {
            CompletionEvent piece = begun.equals("Text") ? new Text("Hel") : new Thinking("Hm");
            provider.plays(Flux.<CompletionEvent>just(new Taken(provider.self()), piece)
                    .concatWith(Flux.error(new CompletionException(Reason.RATE_LIMITED, "Later."))));
            var later = responses.ask("");
            provider.fails(Reason.RATE_LIMITED);
            var sooner = responses.ask("");

            assertThat(later.headers().firstValue("x-should-retry")).hasValue("false");
            assertThat(sooner.headers().firstValue("x-should-retry")).isEmpty();
        }
    }

    @Nested
    class AsStream {

        @Test
        void namesAndNumbersEveryEvent() throws Exception {
            provider.says("Hel", "lo");

            var response = responses.ask("\"stream\":true");

            assertThat(response.headers().firstValue("content-type").orElseThrow())
                    .startsWith("text/event-stream");
            assertThat(response.headers().firstValue("cache-control")).hasValue("no-cache");
            assertThat(response.headers().firstValue("x-accel-buffering")).hasValue("no");
            var events = Responses.events(response);
            assertThat(events).allSatisfy(event -> assertThat(event.name()).isEqualTo(event.type()));
            assertThat(events)
                    .extracting(event -> event.data().path("sequence_number").asInt())
                    .containsExactlyElementsOf(IntStream.range(0, 10).boxed().toList());
            assertThat(events)
                    .extracting(Event::type)
                    .containsExactly(
                            "response.created",
                            "response.in_progress",
                            "response.output_item.added",
                            "response.content_part.added",
                            "response.output_text.delta",
                            "response.output_text.delta",
                            "response.output_text.done",
                            "response.content_part.done",
                            "response.output_item.done",
                            "response.completed");
            assertThat(events.get(0).data().at("/response/status").asString()).isEqualTo("in_progress");
            assertThat(events.get(9).data().at("/response/usage/total_tokens").asInt())
                    .isEqualTo(122);
            assertThat(response.body()).doesNotContain("[DONE]");
        }

        @Test
        void letsNoTextLookLikeTheEndOfAnEvent() throws Exception {
            provider.says("a\u0085b\u2028c\u2029d");

            var response = responses.ask("\"stream\":true");

            assertThat(response.body())
                    .contains("a\\u0085b\\u2028c\\u2029d")
                    .doesNotContain("\u0085", "\u2028", "\u2029");
        }

        @Test
        void endsIncompleteWhereItWasCutShort() throws Exception {
            provider.finishes(FinishReason.LENGTH, "Hel");

            var last = Responses.events(responses.ask("\"stream\":true")).get(8).data();

            assertThat(last.path("type").asString()).isEqualTo("response.incomplete");
            assertThat(last.at("/response/status").asString()).isEqualTo("incomplete");
            assertThat(last.at("/response/incomplete_details/reason").asString())
                    .isEqualTo("max_output_tokens");
            assertThat(last.at("/response/output/0/status").asString()).isEqualTo("incomplete");
        }

        @Test
        void beatsInCommentsWhileNothingIsSaid() throws Exception {
            provider.plays(Flux.just(new Taken(provider.self()))
                    .concatWith(Mono.delay(Duration.ofSeconds(1)).then(Mono.empty()))
                    .cast(CompletionEvent.class)
                    .concatWithValues(new Text("x"), new Finished(FinishReason.STOP, null, null, null)));

            var response = responses.ask("\"stream\":true");

            assertThat(response.body()).startsWith(": keep-alive\n\n: keep-alive\n\n");
            assertThat(Responses.events(response))
                    .last()
                    .extracting(Event::type)
                    .isEqualTo("response.completed");
        }

        @Test
        void isAnErrorOfItsOwnBeforeTheFirstEvent() throws Exception {
            provider.fails(Reason.PROVIDER_UNAVAILABLE);

            var response = responses.ask("\"stream\":true");

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("retry-after")).isPresent();
        }

        @Test
        void saysThatItFailedAndRaisesItOnceItHasBegun() throws Exception {
            provider.fails(Reason.RATE_LIMITED, "Hel");

            var events = Responses.events(responses.ask("\"stream\":true"));

            var failed = events.get(events.size() - 2).data();
            assertThat(failed.path("type").asString()).isEqualTo("response.failed");
            assertThat(failed.at("/response/status").asString()).isEqualTo("failed");
            assertThat(failed.at("/response/error/code").asString()).isEqualTo("rate_limit_exceeded");
            assertThat(failed.at("/response/output/0/status").asString()).isEqualTo("incomplete");
            var error = events.get(events.size() - 1).data();
            assertThat(error.toString()).isEqualTo("""
                    {"type":"error","code":"rate_limit_exceeded","message":"The laptop said no.","param":null,\
                    "error":{"type":"rate_limit_error","code":"rate_limit_exceeded","message":"The laptop said no.",\
                    "param":null},"sequence_number":%d}""".formatted(events.size() - 1));
        }

        @Test
        void failsWhenTheAnswerBreaksOff() throws Exception {
            provider.breaksOffAfter("Hel");

            var events = Responses.events(responses.ask("\"stream\":true"));

            assertThat(events).extracting(Event::type).endsWith("response.failed", "error");
        }

        @Test
        void stopsTheWorkWhenTheClientHangsUp() throws Exception {
            provider.stallsAfter("Hel");

            try (var socket = dialStream()) {
                var delta =
                        next("response.output_text.delta", Wire.linesOf(socket).iterator());
                assertThat(delta.path("delta").asString()).isEqualTo("Hel");
            }

            await().until(() -> provider.cancelled() == 1);
        }
    }

    @Nested
    class Asks {

        @Test
        void forWhatTheSystemAndTheUserSay() throws Exception {
            provider.says("x");

            responses.post("""
                    {"model":"sonnet","instructions":"Be brief.","input":[
                    {"role":"developer","content":"Be kind."},
                    {"type":"message","role":"user","content":[{"type":"input_text","text":"Hi"},{"type":"input_text","text":"you"}]},
                    {"type":"message","role":"assistant","id":"msg_1","content":[{"type":"output_text","text":"Yes?","annotations":[]}]},
                    {"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"x"},
                    {"role":"user","content":"Bye"}]}""");

            var asked = provider.lastRequest();
            assertThat(asked.system()).isEqualTo("Be brief.\nBe kind.");
            assertThat(asked.turns())
                    .containsExactly(
                            new Turn(Role.USER, List.of(new Part.Text("Hi"), new Part.Text("you"))),
                            Turn.assistant("Yes?"),
                            Turn.user("Bye"));
        }

        @Test
        void withPicturesAndDocuments() throws Exception {
            provider.says("x");

            responses.post("""
                    {"model":"sonnet","input":[{"role":"user","content":[{"type":"input_text","text":"Hi"},
                    {"type":"input_image","detail":"auto","image_url":"data:image/jpg;base64,AAAA"},
                    {"type":"input_file","filename":"a.pdf","file_data":"data:application/pdf;base64,AAAA"}]},
                    {"type":"function_call","call_id":"a","name":"look","arguments":"{}"},
                    {"type":"function_call_output","call_id":"a","output":[
                    {"type":"input_image","image_url":"data:image/png;base64,BBBB"}]}]}""");

            assertThat(provider.lastRequest().turns())
                    .containsExactly(
                            new Turn(
                                    Role.USER,
                                    List.of(
                                            new Part.Text("Hi"),
                                            new Part.Image("image/jpeg", "AAAA"),
                                            new Part.Document("application/pdf", "AAAA"))),
                            new Turn(Role.ASSISTANT, List.of(new Part.ToolCall("a", "look", "{}"))),
                            new Turn(
                                    Role.USER,
                                    List.of(new Part.ToolResult(
                                            "a", List.of(new Part.Image("image/png", "BBBB")), false))));
        }

        @Test
        void withCallsAndTheirResultsInTurns() throws Exception {
            provider.says("x");

            responses.post("""
                    {"model":"sonnet","input":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Wait."},
                    {"type":"function_call","call_id":"a","name":"look","arguments":"{}"},
                    {"type":"function_call","call_id":"b","name":"look","arguments":"{\\"x\\":1}"},
                    {"type":"function_call_output","call_id":"a","output":"one"},
                    {"type":"function_call_output","call_id":"b","output":[{"type":"input_text","text":"two"}]}]}""");

            assertThat(provider.lastRequest().turns())
                    .containsExactly(
                            Turn.user("Hi"),
                            new Turn(
                                    Role.ASSISTANT,
                                    List.of(
                                            new Part.Text("Wait."),
                                            new Part.ToolCall("a", "look", "{}"),
                                            new Part.ToolCall("b", "look", "{\"x\":1}"))),
                            new Turn(
                                    Role.USER,
                                    List.of(
                                            new Part.ToolResult("a", List.of(new Part.Text("one")), false),
                                            new Part.ToolResult("b", List.of(new Part.Text("two")), false))));
        }

        @Test
        void withToolsAndWishes() throws Exception {
            provider.says("x");

            responses.ask("""
                    "tools":[{"type":"function","name":"look","description":"Looks.","parameters":{"type":"object"},"strict":true}],
                    "tool_choice":{"type":"function","name":"look"},"parallel_tool_calls":false,
                    "max_output_tokens":100,"temperature":1.5,"top_p":0.5,"reasoning":{"effort":"xhigh"},
                    "text":{"format":{"type":"json_schema","name":"a","schema":{"type":"array"}}}""");

            var asked = provider.lastRequest();
            var box = asked.toolbox();
            assertThat(box.tools()).singleElement().satisfies(tool -> {
                assertThat(tool.name()).isEqualTo("look");
                assertThat(tool.description()).isEqualTo("Looks.");
                assertThat(tool.inputSchema()).hasToString("{\"type\":\"object\"}");
                assertThat(tool.strict()).isTrue();
            });
            assertThat(box.choice()).isEqualTo(Toolbox.Choice.of("look"));
            assertThat(box.parallel()).isFalse();
            Wishes wishes = asked.wishes();
            assertThat(wishes.maxTokens()).isEqualTo(100);
            assertThat(wishes.temperature()).isEqualTo(1.5);
            assertThat(wishes.topP()).isEqualTo(0.5);
            assertThat(wishes.effort()).isEqualTo(Effort.MAX);
            assertThat(wishes.schema()).hasToString("{\"type\":\"array\"}");
        }

        @Test
        void evenWithHalvesOfCharactersInWhatComesBack() throws Exception {
            provider.says("x");

            var response = responses.ask("\"instructions\":\"a\\ud83d\",\"metadata\":{\"k\":\"\\ude00\"}");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).contains("\"instructions\":\"a\uFFFD\"", "{\"k\":\"\uFFFD\"}");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                "user":"me"                           | me  | user
                "safety_identifier":"you"             | you | safety_identifier
                "user":"me","safety_identifier":"you" | you | safety_identifier
                """)
        void forWhomTheAnswerIs(String fields, String user, String name) throws Exception {
            provider.plays(Flux.just(
                    new Taken(new Answerer("scripted", null), Set.of(Wishes.Kind.USER, Wishes.Kind.STRICT_CALLS)),
                    new Finished(FinishReason.STOP, null, null, null)));

            var response = responses.ask(fields);

            assertThat(provider.lastRequest().wishes().user()).isEqualTo(user);
            assertThat(response.headers().firstValue("x-codewise-ignored"))
                    .hasValueSatisfying(named -> assertThat(named.split(", ")).containsOnly(name, "tools[].strict"));
        }

        @Test
        void andIsToldWhatHasNoEffect() throws Exception {
            provider.plays(Flux.just(
                    new Taken(new Answerer("scripted", null), Set.of(Wishes.Kind.TEMPERATURE, Wishes.Kind.EFFORT)),
                    new Text("x"),
                    new Finished(FinishReason.STOP, null, null, null)));

            for (String stream : List.of("false", "true")) {
                var response = responses.ask("""
                        "stream":%s,"include":[],"prompt_cache_key":"a","user":null,"background":false,
                        "temperature":1,"reasoning":{"effort":"low","summary":"auto"},"text":{"verbosity":"low"}""".formatted(stream));

                assertThat(response.headers().firstValue("x-codewise-ignored"))
                        .hasValue("include, prompt_cache_key, reasoning.effort, reasoning.summary, temperature,"
                                + " text.verbosity");
            }
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                client_metadata        | "client_metadata":{}
                include                | "include":[]
                max_tool_calls         | "max_tool_calls":3
                moderation             | "moderation":{}
                prompt_cache_key       | "prompt_cache_key":"k"
                prompt_cache_options   | "prompt_cache_options":{}
                prompt_cache_retention | "prompt_cache_retention":"24h"
                reasoning.summary      | "reasoning":{"summary":"auto"}
                service_tier           | "service_tier":"auto"
                stream_options         | "stream_options":{"include_obfuscation":true}
                text.verbosity         | "text":{"verbosity":"low"}
                top_logprobs           | "top_logprobs":2
                truncation             | "truncation":"auto"
                """)
        void andIsToldOfEachFieldThatHasNoEffect(String name, String field) throws Exception {
            provider.says("x");

            var response = responses.ask(field);

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("x-codewise-ignored")).hasValue(name);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{}|model",
                    "{'model':'sonnet'}|input",
                    "{'model':'sonnet','input':[]}|input",
                    "{'model':'sonnet','input':7}|input",
                    "{'model':'sonnet','input':[{'role':'user','content':''}]}|input[0].content",
                    "{'model':'sonnet','input':[{'role':'nobody','content':'x'}]}|input[0].role",
                    "{'model':'sonnet','input':[{'role':'user','content':[{'type':'input_audio'}]}]}|input[0].content[0].type",
                    "{'model':'sonnet','input':[{'role':'user','content':[{'type':'input_image','file_id':'f'}]}]}|input[0].content[0].image_url",
                    "{'model':'sonnet','input':[{'role':'user','content':[{'type':'input_image','image_url':'https://a/b'}]}]}|input[0].content[0].image_url",
                    "{'model':'sonnet','input':[{'role':'user','content':[{'type':'input_file','file_url':'https://a/b'}]}]}|input[0].content[0].file_data",
                    "{'model':'sonnet','input':[{'role':'system','content':[{'type':'input_image','image_url':'data:image/png;base64,AAAA'}]}]}|input[0].content",
                    "{'model':'sonnet','input':[{'type':'item_reference','id':'x'}]}|input[0].type",
                    "{'model':'sonnet','input':[{'role':'assistant','content':'x'}]}|input[0]",
                    "{'model':'sonnet','input':[{'type':'function_call_output','call_id':'a','output':'x'}]}|input[0].call_id",
                    "{'model':'sonnet','input':[@,{'role':'user','content':'x'}]}|input[0]",
                    "{'model':'sonnet','input':[@]}|input[0]",
                    "{'model':'sonnet','input':[@,@]}|input[1].call_id",
                    "{'model':'sonnet','input':[@,{'type':'function_call_output','call_id':'a','output':'x'},{'type':'function_call_output','call_id':'a','output':'x'}]}|input[2].call_id",
                    "{'model':'sonnet','input':[{'type':'function_call','call_id':'a','name':'f','arguments':'[]'}]}|input[0].arguments",
                    "{'model':'sonnet','input':'x','tools':[{'type':'web_search'}]}|tools[0].type",
                    "{'model':'sonnet','input':'x','tools':[{'type':'function'}]}|tools[0].name",
                    "{'model':'sonnet','input':'x','tools':[{'type':'function','name':'a b'}]}|tools[0].name",
                    "{'model':'sonnet','input':'x','tools':[{'type':'function','name':'a'},{'type':'function','name':'a'}]}|tools[1].name",
                    "{'model':'sonnet','input':'x','tools':[{'type':'function','name':'a','parameters':1}]}|tools[0].parameters",
                    "{'model':'sonnet','input':'x','tools':{}}|tools",
                    "{'model':'sonnet','input':'x','tool_choice':{'type':'function','name':'a'}}|tool_choice.name",
                    "{'model':'sonnet','input':'x','tool_choice':'required'}|tool_choice",
                    "{'model':'sonnet','input':'x','tool_choice':'maybe'}|tool_choice",
                    "{'model':'sonnet','input':'x','max_output_tokens':0}|max_output_tokens",
                    "{'model':'sonnet','input':'x','temperature':3}|temperature",
                    "{'model':'sonnet','input':'x','top_p':-1}|top_p",
                    "{'model':'sonnet','input':'x','reasoning':{'effort':'much'}}|reasoning.effort",
                    "{'model':'sonnet','input':'x','text':{'format':{'type':'xml'}}}|text.format",
                    "{'model':'sonnet','input':'x','text':{'format':{'type':'json_schema','schema':{'type':7}}}}|text.format.schema",
                    "{'model':'sonnet','input':'x','text':{'format':{'type':'json_schema'}}}|text.format.schema",
                    "{'model':'sonnet','input':'x','text':{'a\\nb':1}}|text",
                    "{'model':'sonnet','input':'x','reasoning':{'':1}}|reasoning",
                    "{'model':'sonnet','input':'x','metadata':{'a':1}}|metadata",
                    "{'model':'sonnet','input':'x','background':true}|background",
                    "{'model':'sonnet','input':'x','conversation':'c'}|conversation",
                    "{'model':'sonnet','input':'x','whatever':1}|whatever",
                    "{'model':'sonnet','input':'x','stream':'yes'}|stream",
                    "{'model':'sonnet','input':'x','previous_response_id':'resp_none'}|previous_response_id"
                })
        void butIsRefusedWhereItCannotBeServed(String body, String param) throws Exception {
            String call = "{'type':'function_call','call_id':'a','name':'f','arguments':'{}'}";

            var response = responses.post(body.replace("@", call).replace('\'', '"'));

            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(Responses.json(response).at("/error/param").asString()).isEqualTo(param);
        }

        @ParameterizedTest
        @ValueSource(strings = {"resp_none", "resp_\\u0000", ""})
        void andIsToldByACodeThatTheResponseBeforeIsNotKept(String id) throws Exception {
            var response = responses.ask("\"previous_response_id\":\"" + id + "\"");

            assertThat(Responses.json(response).at("/error/code").asString()).isEqualTo("previous_response_not_found");
        }
    }

    @Nested
    class Kept {

        @Test
        void goesOnFromTheResponseBefore() throws Exception {
            provider.plays(Flux.just(
                    new Taken(provider.self()),
                    new Text("Let me see."),
                    new ToolCallPiece(0, "toolu_a", "look", "{}"),
                    new Finished(FinishReason.TOOL_CALLS, null, null, null)));
            String first = idOf(responses.ask("\"instructions\":\"Only now.\""));
            provider.says("There.");
            String second = idOf(responses.post("""
                    {"model":"sonnet","previous_response_id":"%s","input":[
                    {"type":"function_call_output","call_id":"toolu_a","output":"a wall"}]}""".formatted(first)));
            provider.says("Bye.");

            responses.ask("\"previous_response_id\":\"" + second + "\"");

            assertThat(provider.lastRequest().system()).isNull();
            assertThat(provider.lastRequest().turns())
                    .containsExactly(
                            Turn.user("Hi"),
                            new Turn(
                                    Role.ASSISTANT,
                                    List.of(new Part.Text("Let me see."), new Part.ToolCall("toolu_a", "look", "{}"))),
                            new Turn(
                                    Role.USER,
                                    List.of(new Part.ToolResult("toolu_a", List.of(new Part.Text("a wall")), false))),
                            Turn.assistant("There."),
                            Turn.user("Hi"));
        }

        @Test
        void isGivenAsItWas() throws Exception {
            provider.says("Hel", "lo\u0000\uD83D\uDE00");
            var given = Responses.json(responses.ask("\"metadata\":{\"a\":\"b\"}"));

            assertThat(responses.get(given.path("id").asString())).isEqualTo(given);
        }

        @ParameterizedTest
        @CsvSource({"STOP", "LENGTH"})
        void isToldOnceMoreInTheSameEvents(FinishReason reason) throws Exception {
            provider.plays(Flux.just(
                    new Taken(provider.self()),
                    new Text("Hel"),
                    new Text("lo"),
                    new ToolCallPiece(0, "toolu_a", "look", ""),
                    new ToolCallPiece(0, null, null, "{\"at\":"),
                    new ToolCallPiece(0, null, null, "1}"),
                    new Finished(reason, ScriptedProvider.USAGE, null, "sonnet")));
            var live = responses.ask("\"stream\":true");
            String path =
                    Responses.PATH + "/" + idOf(Responses.events(live).get(0).data());

            var again = responses.wire().get(path + "?stream=true");
            var rest = responses.wire().get(path + "?stream=true&starting_after=3");

            assertThat(Responses.events(again)).isEqualTo(Responses.events(live));
            assertThat(Responses.events(rest))
                    .isEqualTo(Responses.events(live)
                            .subList(4, Responses.events(live).size()));
        }

        @Test
        void isToldOnceMoreWhereItFailed() throws Exception {
            provider.fails(Reason.PROVIDER_FAILED, "Hel");
            var live = Responses.events(responses.ask("\"stream\":true"));
            String path = Responses.PATH + "/" + idOf(live.get(0).data());

            var again = Responses.events(responses.wire().get(path + "?stream=true"));

            assertThat(again).isEqualTo(live.subList(0, live.size() - 1));
        }

        @Test
        void isNotThereWhereItWasNotWanted() throws Exception {
            provider.says("Hello");
            var response = Responses.json(responses.ask("\"store\":false"));

            var found = responses
                    .wire()
                    .get(Responses.PATH + "/" + response.path("id").asString());

            assertThat(response.path("store").asBoolean()).isFalse();
            assertThat(found.statusCode()).isEqualTo(404);
        }

        @Test
        void tellsWhatWasAsked() throws Exception {
            provider.says("Hello");
            String path = Responses.PATH + "/" + idOf(responses.ask("")) + "/input_items";

            var list = responses.wire().get(path);
            var rest = responses
                    .wire()
                    .get(path + "?after=" + Responses.json(list).path("last_id").asString());

            String id = path.replaceFirst(".*resp_", "in_").replaceFirst("/.*", "_0");
            assertThat(list.body()).isEqualTo("""
                    {"object":"list","data":[{"type":"message","role":"user","content":[{"type":"input_text","text":"Hi"}],\
                    "id":"%s","status":"completed"}],"first_id":"%s","last_id":"%s","has_more":false}""".formatted(id, id, id));
            assertThat(rest.body()).contains("\"data\":[],\"first_id\":null");
        }

        @ParameterizedTest
        @CsvSource({
            "limit=0,limit",
            "limit=101,limit",
            "limit=x,limit",
            "order=up,order",
            "after=in_1,after",
            "before=in_1,before"
        })
        void isAskedForInWaysThatThereAre(String query, String param) throws Exception {
            provider.says("Hello");
            String path = Responses.PATH + "/" + idOf(responses.ask("")) + "/input_items?";

            var response = responses.wire().get(path + query);

            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(Responses.json(response).at("/error/param").asString()).isEqualTo(param);
        }

        @Test
        void canBeDeletedOnce() throws Exception {
            provider.says("Hello");
            String path = Responses.PATH + "/" + idOf(responses.ask(""));

            var first = responses.wire().send(responses.wire().request(path).DELETE());
            var second = responses.wire().send(responses.wire().request(path).DELETE());

            assertThat(first.body())
                    .isEqualTo("{\"id\":\"%s\",\"object\":\"response\",\"deleted\":true}"
                            .formatted(path.substring(Responses.PATH.length() + 1)));
            assertThat(second.statusCode()).isEqualTo(404);
            assertThat(responses.wire().get(path).statusCode()).isEqualTo(404);
        }

        @Test
        void isDeletedWhileItIsGiven() throws Exception {
            provider.stallsAfter("Hel");
            try (var socket = dialStream()) {
                var lines = Wire.linesOf(socket).iterator();
                String path = Responses.PATH + "/" + idOf(next("response.created", lines));
                next("response.output_text.delta", lines);

                var deleted =
                        responses.wire().send(responses.wire().request(path).DELETE());

                assertThat(deleted.statusCode()).isEqualTo(200);
                assertThat(provider.cancelled()).isEqualTo(1);
                next("response.failed", lines);
                assertThat(responses.wire().get(path).statusCode()).isEqualTo(404);
            }
        }

        @Test
        void isCancelledWhileItIsGiven() throws Exception {
            provider.stallsAfter("Hel");
            try (var socket = dialStream()) {
                var lines = Wire.linesOf(socket).iterator();
                String path = Responses.PATH + "/" + idOf(next("response.created", lines));
                next("response.output_text.delta", lines);
                assertThat(statusOf(responses.wire().get(path))).isEqualTo("in_progress");

                var cancelled = responses.cancel(path);

                assertThat(statusOf(cancelled)).isEqualTo("cancelled");
                assertThat(Responses.json(cancelled)
                                .at("/output/0/content/0/text")
                                .asString())
                        .isEqualTo("Hel");
                assertThat(provider.cancelled()).isEqualTo(1);
                assertThat(next("response.failed", lines).path("response")).isEqualTo(Responses.json(cancelled));
                assertThat(responses.cancel(path).body()).isEqualTo(cancelled.body());
            }
        }
    }

    private Socket dialStream() throws IOException {
        String body = "{\"model\":\"sonnet\",\"input\":\"Hi\",\"stream\":true}";
        return new Wire(port)
                .dial("POST " + Responses.PATH
                        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body);
    }

    /** The next event of this type, however many others come before it. */
    private static JsonNode next(String type, Iterator<String> lines) {
        while (true) {
            String line = lines.next();
            if (line.startsWith("data: {\"type\":\"" + type + "\"")) {
                return JsonMapper.shared().readTree(line.substring("data: ".length()));
            }
        }
    }

    private static String statusOf(HttpResponse<String> response) {
        return Responses.json(response).path("status").asString();
    }

    private static String idOf(HttpResponse<String> response) {
        return Responses.json(response).path("id").asString();
    }

    private static String idOf(JsonNode created) {
        return created.at("/response/id").asString();
    }

    private static String nameOf(HttpResponse<String> response) {
        return response.headers().firstValue("x-request-id").orElseThrow().replaceFirst("^req_", "");
    }

    private static String withoutTime(String body) {
        return body.replaceFirst("\"created_at\":\\d+", "\"created_at\":0");
    }
}
