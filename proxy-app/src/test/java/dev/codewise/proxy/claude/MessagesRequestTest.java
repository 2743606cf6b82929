package dev.codewise.proxy.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Reason;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.Origins;
import dev.codewise.proxy.completion.Part;
import dev.codewise.proxy.completion.Toolbox;
import dev.codewise.proxy.completion.Toolbox.Choice;
import dev.codewise.proxy.completion.Toolbox.Tool;
import dev.codewise.proxy.completion.Turn;
import dev.codewise.proxy.completion.Turn.Role;
import dev.codewise.proxy.completion.Wishes;
import dev.codewise.proxy.completion.Wishes.Kind;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MessagesRequestTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String MARK = ",'cache_control':{'type':'ephemeral'}";

    @Nested
    class TakesEachPart {

        @Test
        void ofText() {
            assertThat(contentOf(new Part.Text("Hi"))).isEqualTo(json("[{'type':'text','text':'Hi'" + MARK + "}]"));
        }

        @Test
        void ofAnImage() {
            assertThat(contentOf(new Part.Image("image/png", "aGk=")))
                    .isEqualTo(json("[{'type':'image','source':{'type':'base64','media_type':'image/png','data':'aGk='}"
                            + MARK + "}]"));
        }

        @Test
        void ofAPdf() {
            assertThat(contentOf(new Part.Document("application/pdf", "aGk=")))
                    .isEqualTo(json("[{'type':'document','source':{'type':'base64','media_type':'application/pdf',"
                            + "'data':'aGk='}" + MARK + "}]"));
        }

        @Test
        void ofADocumentOfTextInItsWords() {
            assertThat(contentOf(new Part.Document("text/markdown", "SMOkdHRl")))
                    .isEqualTo(json("[{'type':'document','source':{'type':'text','media_type':'text/plain',"
                            + "'data':'Hätte'}" + MARK + "}]"));
        }

        @Test
        void ofACallWithItsInputAsTheModelWroteIt() {
            String body = write(anAsk(Turn.user("Look"), says(call("{ \"a\": 12345678901234567890.10 }"))));

            assertThat(body)
                    .contains("{\"type\":\"tool_use\",\"id\":\"call_1\",\"name\":\"look\","
                            + "\"input\":{ \"a\": 12345678901234567890.10 },\"cache_control\"");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "{}"})
        void ofACallOfAToolThatTakesNothing(String arguments) {
            assertThat(body(anAsk(says(call(arguments))))
                            .at("/messages/0/content/0/input")
                            .isObject())
                    .isTrue();
        }

        @Test
        void ofAResultWithTextAndImages() {
            var result = new Part.ToolResult(
                    "call_1", List.of(new Part.Text("There"), new Part.Image("image/png", "aGk=")), false);

            assertThat(contentOf(result))
                    .isEqualTo(json("[{'type':'tool_result','tool_use_id':'call_1','content':["
                            + "{'type':'text','text':'There'},"
                            + "{'type':'image','source':{'type':'base64','media_type':'image/png','data':'aGk='}}]"
                            + MARK + "}]"));
        }

        @Test
        void ofAResultThatIsAFailureWithoutWords() {
            assertThat(contentOf(new Part.ToolResult("call_1", List.of(new Part.Text("")), true)))
                    .isEqualTo(json("[{'type':'tool_result','tool_use_id':'call_1','is_error':true" + MARK + "}]"));
        }
    }

    @Nested
    class Refuses {

        @ParameterizedTest
        @ValueSource(strings = {"{\"cut\":", "[]", "null", "{} {}", "words"})
        void argumentsThatAreNoObject(String arguments) {
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(() -> body(anAsk(says(call(arguments)))))
                    .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.INVALID_REQUEST))
                    .withMessageContaining("call_1");
        }

        @Test
        void aDocumentOfTextThatIsNotBase64() {
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(() -> contentOf(new Part.Document("text/plain", "ä")))
                    .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.INVALID_REQUEST));
        }
    }

    @Nested
    class LetsTheSidesAlternate {

        @Test
        void byJoiningWhatOneOfThemSaidInARow() {
            JsonNode messages = body(anAsk(
                            Turn.user("One"),
                            Turn.user("Two"),
                            Turn.assistant("Three"),
                            Turn.assistant(" "),
                            Turn.user("Four")))
                    .path("messages");

            assertThat(messages)
                    .isEqualTo(json(
                            "[{'role':'user','content':[{'type':'text','text':'One'},{'type':'text','text':'Two'}]},"
                                    + "{'role':'assistant','content':[{'type':'text','text':'Three'}]},"
                                    + "{'role':'user','content':[{'type':'text','text':'Four'" + MARK + "}]}]"));
        }

        @Test
        void byLeavingOutWhoSaidNothing() {
            JsonNode messages = body(anAsk(Turn.user("One"), Turn.assistant(""), Turn.user("Two")))
                    .path("messages");

            assertThat(messages).hasSize(1);
            assertThat(messages.at("/0/content")).hasSize(2);
        }

        @Test
        void withTheResultsOfCallsBeforeAnyWords() {
            JsonNode messages = body(anAsk(
                            says(call("{}")),
                            Turn.user("Well?"),
                            new Turn(Role.USER, List.of(result("call_1"), new Part.Text("So?"), result("call_2")))))
                    .path("messages");

            assertThat(messages.at("/1/content").findValuesAsString("type"))
                    .containsSubsequence("tool_result", "tool_result", "text", "text");
            assertThat(messages.at("/1/content/0/tool_use_id").asString()).isEqualTo("call_1");
        }

        @Test
        void howeverManyThereAre() {
            Turn[] turns = IntStream.range(0, 10_000)
                    .mapToObj(i -> Turn.user("No. " + i))
                    .toArray(Turn[]::new);

            assertThat(body(anAsk(turns)).at("/messages/0/content")).hasSize(10_000);
        }

        @Test
        void evenWhenNobodyHasSaidAnything() {
            assertThat(body(anAsk(Turn.user(""))).path("messages")).isEmpty();
        }
    }

    @Nested
    class OffersTools {

        @Test
        void withTheirSchemasAndAMarkOnTheLast() {
            var toolbox = new Toolbox(
                    List.of(
                            new Tool("look", "Looks", json("{'type':'object','properties':{}}")),
                            new Tool("go", null, json("{'type':'object'}"))),
                    Choice.AUTO,
                    true);

            JsonNode body = body(anAsk(Turn.user("Hi")).with(toolbox));

            assertThat(body.path("tools"))
                    .isEqualTo(json(
                            "[{'name':'look','description':'Looks','input_schema':{'type':'object','properties':{}}},"
                                    + "{'name':'go','input_schema':{'type':'object'}" + MARK + "}]"));
        }

        @Test
        void holdingCallsToTheirSchemasWhereTheApiCan() {
            var request = anAsk(Turn.user("Hi"))
                    .with(strict("{'type':'object','properties':{'at':{'type':'string'}},"
                            + "'required':['at'],'additionalProperties':false}"));

            assertThat(body(request).at("/tools/0/strict")).isEqualTo(json("true"));
            assertThat(MessagesRequest.of(request).unheeded(request)).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{'type':'object','properties':{}}",
                    "{'type':'object','properties':{'a':{'type':'string','pattern':'x'}},'additionalProperties':false}",
                    "{'type':'object','properties':{'a':true},'additionalProperties':false}",
                    "{'type':'object','properties':{'a':{'type':'array','items':{'type':'object'}}},'additionalProperties':false}"
                })
        void butNotToSchemasThatItMayRefuse(String schema) {
            var request = anAsk(Turn.user("Hi")).with(strict(schema));

            assertThat(body(request).at("/tools/0").has("strict")).isFalse();
            assertThat(MessagesRequest.of(request).unheeded(request)).containsExactly(Kind.STRICT_CALLS);
        }

        @Test
        void norToMoreThanItTakes() {
            var schema = json("{'type':'object','properties':{},'additionalProperties':false}");
            List<Tool> tools = IntStream.range(0, 21)
                    .mapToObj(i -> new Tool("f" + i, null, schema, true))
                    .toList();
            var most = anAsk(Turn.user("Hi")).with(new Toolbox(tools.subList(0, 20), Choice.AUTO, true));
            var more = anAsk(Turn.user("Hi")).with(new Toolbox(tools, Choice.AUTO, true));

            assertThat(MessagesRequest.of(most).unheeded(most)).isEmpty();
            assertThat(MessagesRequest.of(more).unheeded(more)).containsExactly(Kind.STRICT_CALLS);
        }

        @Test
        void norForAModelThatCannot() {
            var early = new CompletionRequest(Origins.origin("req_1"), "claude-3-haiku", null, List.of(Turn.user("Hi")))
                    .with(strict("{'type':'object','properties':{},'additionalProperties':false}"));

            assertThat(MessagesRequest.of(early).unheeded(early)).containsExactly(Kind.STRICT_CALLS);
        }

        private static Toolbox strict(String schema) {
            return new Toolbox(List.of(new Tool("look", null, json(schema), true)), Choice.AUTO, true);
        }

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '"',
                value = {
                    "AUTO,,true,\"{'type':'auto'}\"",
                    "NONE,,true,\"{'type':'none'}\"",
                    "REQUIRED,,true,\"{'type':'any'}\"",
                    "NAMED,look,true,\"{'type':'tool','name':'look'}\"",
                    "AUTO,,false,\"{'type':'auto','disable_parallel_tool_use':true}\"",
                    "NONE,,false,\"{'type':'none'}\"",
                    "REQUIRED,,false,\"{'type':'any','disable_parallel_tool_use':true}\"",
                    "NAMED,look,false,\"{'type':'tool','name':'look','disable_parallel_tool_use':true}\""
                })
        void toBeChosenAsTheClientWants(Toolbox.Kind kind, @Nullable String name, boolean parallel, String expected) {
            var toolbox = new Toolbox(
                    List.of(new Tool("look", null, json("{'type':'object'}"))), new Choice(kind, name), parallel);

            assertThat(body(anAsk(Turn.user("Hi")).with(toolbox)).path("tool_choice"))
                    .isEqualTo(json(expected));
        }

        @Test
        void thatWereCalledBeforeButNotToBeCalledAgain() {
            JsonNode body = body(anAsk(says(call("{}")), says(call("{}"))));

            assertThat(body.path("tools"))
                    .isEqualTo(json("[{'name':'look','input_schema':{'type':'object'}" + MARK + "}]"));
            assertThat(body.path("tool_choice")).isEqualTo(json("{'type':'none'}"));
        }

        @Test
        void notWhereThereAreNone() {
            JsonNode body = body(anAsk(Turn.user("Hi")).with(new Toolbox(List.of(), Choice.REQUIRED, false)));

            assertThat(body.has("tools")).isFalse();
            assertThat(body.has("tool_choice")).isFalse();
        }
    }

    @Test
    void marksTheSystemPromptForTheCache() {
        var request = new CompletionRequest(Origins.origin("req_1"), "sonnet", "Be brief.", List.of(Turn.user("Hi")));

        assertThat(body(request).path("system")).isEqualTo(json("[{'type':'text','text':'Be brief.'" + MARK + "}]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void leavesOutASystemPromptThatSaysNothing(String system) {
        var request = new CompletionRequest(Origins.origin("req_1"), "sonnet", system, List.of(Turn.user("Hi")));

        assertThat(body(request).has("system")).isFalse();
    }

    @Test
    void saysForWhomTheAnswerIs() {
        var request = anAsk(Turn.user("Hi")).with(aWishFor("u".repeat(256)));

        assertThat(body(request).at("/metadata/user_id").asString()).hasSize(256);
        assertThat(MessagesRequest.of(request).unheeded(request)).isEmpty();
        assertThat(body(anAsk(Turn.user("Hi"))).has("metadata")).isFalse();
    }

    @Test
    void leavesOutAUserWhoseNameIsLongerThanTheApiTakes() {
        var request = anAsk(Turn.user("Hi")).with(aWishFor("u".repeat(257)));

        assertThat(body(request).has("metadata")).isFalse();
        assertThat(MessagesRequest.of(request).unheeded(request)).containsExactly(Kind.USER);
    }

    private static Wishes aWishFor(String user) {
        return new Wishes(null, null, null, List.of(), null, null, user);
    }

    private static JsonNode contentOf(Part part) {
        return body(anAsk(new Turn(Role.USER, List.of(part)))).at("/messages/0/content");
    }

    private static Part call(String arguments) {
        return new Part.ToolCall("call_1", "look", arguments);
    }

    private static Part result(String call) {
        return new Part.ToolResult(call, List.of(new Part.Text("There")), false);
    }

    private static Turn says(Part part) {
        return new Turn(Role.ASSISTANT, List.of(part));
    }

    private static CompletionRequest anAsk(Turn... turns) {
        return new CompletionRequest(Origins.origin("req_1"), "sonnet", null, List.of(turns));
    }

    private static JsonNode body(CompletionRequest request) {
        return JSON.readTree(write(request));
    }

    private static String write(CompletionRequest request) {
        return JSON.writeValueAsString(MessagesRequest.of(request));
    }

    private static JsonNode json(String text) {
        return JSON.readTree(text.replace('\'', '"'));
    }
}
