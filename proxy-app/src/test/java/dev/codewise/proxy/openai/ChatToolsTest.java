package dev.codewise.proxy.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.completion.Answerer;
import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Finished;
import dev.codewise.proxy.completion.CompletionEvent.Taken;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionEvent.Thinking;
import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;
import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Feature;
import dev.codewise.proxy.completion.FinishReason;
import dev.codewise.proxy.completion.Part;
import dev.codewise.proxy.completion.Part.ToolCall;
import dev.codewise.proxy.completion.Part.ToolResult;
import dev.codewise.proxy.completion.ScriptedProvider;
import dev.codewise.proxy.completion.Toolbox;
import dev.codewise.proxy.completion.Toolbox.Choice;
import dev.codewise.proxy.completion.Toolbox.Tool;
import dev.codewise.proxy.completion.Turn;
import dev.codewise.proxy.completion.Turn.Role;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tools and thoughts on the wire: what is asked of the model, and how its calls reach the client. */
@OpenAiSlice
class ChatToolsTest {

    private static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";
    private static final String WEATHER = """
            {"type":"function","function":{"name":"weather","description":"Tells it","strict":true,\
            "parameters":{"type":"object","properties":{"city":{"type":"string"}}}}}""";
    private static final CompletionEvent TAKEN = new Taken(new Answerer("scripted", "laptop"));
    private static final CompletionEvent CALLED =
            new Finished(FinishReason.TOOL_CALLS, ScriptedProvider.USAGE, null, ScriptedProvider.MODEL);

    private static final String WITH_FUNCTIONS = """
            {"model":"sonnet","stream":%s,"functions":[{"name":"weather"}],"messages":[{"role":"user","content":"Hi"}]}""";

    @Autowired
    private ScriptedProvider provider;

    @LocalServerPort
    private int port;

    private Wire wire;

    @BeforeEach
    void answer() {
        wire = new Wire(port);
        provider.says("Hello");
    }

    @Test
    void areAskedForAsTheyCome() throws Exception {
        wire.chat("{\"model\":\"sonnet\"," + HI + ",\"parallel_tool_calls\":false,\"tools\":[" + WEATHER
                + ",{\"type\":\"function\",\"function\":{\"name\":\"now\"}}]}");

        assertThat(provider.lastRequest().toolbox())
                .isEqualTo(new Toolbox(
                        List.of(
                                new Tool("weather", "Tells it", json("""
                                        {"type":"object","properties":{"city":{"type":"string"}}}"""), true),
                                new Tool("now", null, json("{\"type\":\"object\",\"properties\":{}}"))),
                        Choice.AUTO,
                        false));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "auto"                                          | AUTO     |
            "none"                                          | NONE     |
            "required"                                      | REQUIRED |
            {"type":"function","function":{"name":"weather"}} | NAMED    | weather
            """)
    void areChosenInFourWays(String choice, Toolbox.Kind kind, String name) throws Exception {
        wire.chat("{\"model\":\"sonnet\"," + HI + ",\"tools\":[" + WEATHER + "],\"tool_choice\":" + choice + "}");

        assertThat(provider.lastRequest().toolbox().choice()).isEqualTo(new Choice(kind, name));
    }

    @Test
    void mayBeCalledFunctions() throws Exception {
        var response = wire.chat("""
                {"model":"sonnet","functions":[{"name":"weather"}],"function_call":{"name":"weather"},"messages":[
                  {"role":"user","content":"Hi"},
                  {"role":"assistant","content":null,"function_call":{"name":"weather","arguments":"{}"}},
                  {"role":"function","name":"weather","content":"Rain"}]}""");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(provider.lastRequest().toolbox().choice()).isEqualTo(Choice.of("weather"));
        assertThat(provider.lastRequest().turns())
                .containsExactly(
                        Turn.user("Hi"),
                        new Turn(Role.ASSISTANT, List.of(new ToolCall("call_1", "weather", "{}"))),
                        new Turn(Role.USER, List.of(new ToolResult("call_1", List.of(new Part.Text("Rain")), false))));
    }

    @Test
    void areCalledInTheOldFormWhereTheyAreFunctions() throws Exception {
        provider.plays(Flux.just(
                TAKEN,
                new ToolCallPiece(0, "a", "weather", "{\"ci"),
                new ToolCallPiece(0, null, null, "ty\":1}"),
                CALLED));

        var choice = json(wire.chat(WITH_FUNCTIONS.formatted(false)).body())
                .path("choices")
                .get(0);
        var stream = wire.chat(WITH_FUNCTIONS.formatted(true)).body();

        assertThat(choice.path("finish_reason").asString()).isEqualTo("function_call");
        assertThat(choice.path("message")).isEqualTo(json("""
                {"role":"assistant","content":null,"refusal":null,\
                "function_call":{"name":"weather","arguments":"{\\"city\\":1}"}}"""));
        assertThat(deltasOf(stream))
                .containsExactly(
                        "{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}",
                        "{\"function_call\":{\"name\":\"weather\",\"arguments\":\"{\\\"ci\"}}",
                        "{\"function_call\":{\"arguments\":\"ty\\\":1}\"}}",
                        "{}");
        assertThat(stream).contains("\"finish_reason\":\"function_call\"");
        assertThat(provider.lastRequest().toolbox().parallel()).isFalse();
    }

    @Test
    void areNotLostWhereTheOldFormHasNoPlaceForThem() throws Exception {
        provider.plays(Flux.just(
                TAKEN, new ToolCallPiece(0, "a", "weather", "{}"), new ToolCallPiece(1, "b", "weather", "{}"), CALLED));

        assertThat(wire.chat(WITH_FUNCTIONS.formatted(false)).statusCode()).isEqualTo(502);
        assertThat(wire.chat(WITH_FUNCTIONS.formatted(true)).body())
                .contains("upstream_error")
                .doesNotContain("\"finish_reason\":\"");
    }

    @Test
    void comeBackWithTheirResults() throws Exception {
        wire.chat("""
                {"model":"sonnet","messages":[
                  {"role":"user","content":"Hi"},
                  {"role":"assistant","content":"Let me see.","tool_calls":[
                    {"id":"a","type":"function","function":{"name":"weather","arguments":"{\\"city\\":\\"Ulm\\"}"}},
                    {"id":"b","type":"function","function":{"name":"now","arguments":""}}]},
                  {"role":"tool","tool_call_id":"b","content":[{"type":"text","text":"Noon"}]},
                  {"role":"tool","tool_call_id":"a","content":""}]}""");

        assertThat(provider.lastRequest().turns())
                .containsExactly(
                        Turn.user("Hi"),
                        new Turn(
                                Role.ASSISTANT,
                                List.of(
                                        new Part.Text("Let me see."),
                                        new ToolCall("a", "weather", "{\"city\":\"Ulm\"}"),
                                        new ToolCall("b", "now", "{}"))),
                        new Turn(
                                Role.USER,
                                List.of(
                                        new ToolResult("b", List.of(new Part.Text("Noon")), false),
                                        new ToolResult("a", List.of(), false))));
    }

    @Test
    void areCalledInAnAnswerInOnePiece() throws Exception {
        provider.plays(Flux.just(
                TAKEN,
                new ToolCallPiece(0, "a", "weather", "{\"ci"),
                new ToolCallPiece(0, null, null, "ty\":1}"),
                new ToolCallPiece(1, "b", "now", ""),
                CALLED));

        var choice = json(wire.chat("{\"model\":\"sonnet\"," + HI + "}").body())
                .path("choices")
                .get(0);

        assertThat(choice.path("finish_reason").asString()).isEqualTo("tool_calls");
        assertThat(choice.path("message")).isEqualTo(json("""
                {"role":"assistant","content":null,"refusal":null,"tool_calls":[\
                {"id":"a","type":"function","function":{"name":"weather","arguments":"{\\"city\\":1}"}},\
                {"id":"b","type":"function","function":{"name":"now","arguments":""}}]}"""));
    }

    @Test
    void areCalledPieceByPieceInAStream() throws Exception {
        provider.plays(Flux.just(
                TAKEN,
                new Text("So"),
                new ToolCallPiece(0, "a", "weather", ""),
                new ToolCallPiece(0, null, null, "{\"x\":\""),
                new ToolCallPiece(0, null, null, "\uD83D\uDE00\"}"),
                new ToolCallPiece(1, "b", "now", "{}"),
                CALLED));

        var body =
                wire.chat("{\"model\":\"sonnet\",\"stream\":true," + HI + "}").body();

        assertThat(deltasOf(body))
                .containsExactly(
                        "{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}",
                        "{\"content\":\"So\"}",
                        "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"\"}}]}",
                        "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"x\\\":\\\"\"}}]}",
                        "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"\uD83D\uDE00\\\"}\"}}]}",
                        "{\"tool_calls\":[{\"index\":1,\"id\":\"b\",\"type\":\"function\",\"function\":{\"name\":\"now\",\"arguments\":\"{}\"}}]}",
                        "{}");
        assertThat(body).contains("\"finish_reason\":\"tool_calls\"").endsWith(ChunkFrame.DONE);
    }

    @Test
    void leaveThoughtsBesideTheAnswer() throws Exception {
        provider.plays(Flux.just(TAKEN, new Thinking("Hm"), new Thinking("m."), new Text("Yes"), CALLED));

        var whole = wire.chat("{\"model\":\"sonnet\"," + HI + "}").body();
        var stream =
                wire.chat("{\"model\":\"sonnet\",\"stream\":true," + HI + "}").body();

        assertThat(whole).contains("\"content\":\"Yes\",\"reasoning_content\":\"Hmm.\"");
        assertThat(deltasOf(stream))
                .containsExactly(
                        "{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}",
                        "{\"reasoning_content\":\"Hm\"}",
                        "{\"reasoning_content\":\"m.\"}",
                        "{\"content\":\"Yes\"}",
                        "{}");
    }

    @ParameterizedTest
    @CsvSource({"TOOLS,tools", "IMAGES,messages", "DOCUMENTS,messages", "SCHEMA,response_format"})
    void areRefusedByFieldWhereNobodyCanTakeThem(Feature feature, String param) throws Exception {
        provider.fails(CompletionException.unsupported(feature, "Not here."));

        var response = wire.chat("{\"model\":\"sonnet\"," + HI + "}");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("\"param\":\"" + param + "\"", "\"code\":\"unsupported_content\"");
    }

    @Test
    void areRefusedAsFunctionsWhereThatIsWhatTheyWere() throws Exception {
        provider.fails(CompletionException.unsupported(Feature.TOOLS, "Not here."));

        assertThat(wire.chat(WITH_FUNCTIONS.formatted(false)).body()).contains("\"param\":\"functions\"");
    }

    @Test
    void areTakenUpToTheLimitThatTheRefusalNames() throws Exception {
        var taken = wire.chat("{\"model\":\"sonnet\"," + HI + ",\"tools\":[" + tools(128) + "]}");
        var refused = wire.chat("{\"model\":\"sonnet\"," + HI + ",\"tools\":[" + tools(129) + "]}");

        assertThat(taken.statusCode()).isEqualTo(200);
        assertThat(provider.lastRequest().toolbox().tools()).hasSize(128);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("at most 128");
    }

    private static String tools(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> WEATHER.replace("\"weather\"", "\"tool_" + i + "\""))
                .collect(Collectors.joining(","));
    }

    private static List<String> deltasOf(String body) {
        return body.lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> line.replaceFirst(".*\"delta\":", "").replaceFirst(",\"logprobs\".*", ""))
                .toList();
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
