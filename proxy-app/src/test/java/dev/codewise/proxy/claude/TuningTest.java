package dev.codewise.proxy.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.codewise.proxy.completion.CompletionException;
import dev.codewise.proxy.completion.CompletionException.Feature;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.Generation;
import dev.codewise.proxy.completion.Origins;
import dev.codewise.proxy.completion.Part;
import dev.codewise.proxy.completion.Toolbox;
import dev.codewise.proxy.completion.Toolbox.Choice;
import dev.codewise.proxy.completion.Toolbox.Tool;
import dev.codewise.proxy.completion.Turn;
import dev.codewise.proxy.completion.Turn.Role;
import dev.codewise.proxy.completion.Wishes;
import dev.codewise.proxy.completion.Wishes.Effort;
import dev.codewise.proxy.completion.Wishes.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TuningTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Toolbox ONE_TOOL =
            new Toolbox(List.of(new Tool("look", null, json("{'type':'object'}"))), Choice.AUTO, true);

    @ParameterizedTest
    @CsvSource({
        "claude-3-haiku-20240307,EARLY",
        "claude-opus-4-20250514,EARLY",
        "claude-opus-4-1,EARLY",
        "claude-sonnet-4-0,EARLY",
        "claude-haiku-4-5-20251001,FOUR_FIVE",
        "claude-opus-4-5,FOUR_FIVE",
        "claude-sonnet-4-6,FOUR_SIX",
        "claude-opus-4-8,UP_TO_FIVE",
        "claude-sonnet-5,UP_TO_FIVE",
        "claude-opus-5-5,LATEST",
        "claude-something-new,LATEST"
    })
    void knowsTheGenerationOfAModel(String model, Generation generation) {
        assertThat(Generation.of(model)).isEqualTo(generation);
    }

    @ParameterizedTest
    @CsvSource({"sonnet,128000", "opus,128000", "haiku,64000", "claude-opus-4-1,32000", "claude-something-new,64000"})
    void letsAModelWriteAsMuchAsItCanWhereNothingIsSaid(String model, int maxTokens) {
        assertThat(body(anAsk(model)).path("max_tokens").asInt()).isEqualTo(maxTokens);
    }

    @Test
    void saysNothingWhereNothingIsWished() {
        assertThat(body(anAsk("sonnet")).propertyNames())
                .containsExactlyInAnyOrder("model", "messages", "max_tokens", "stream");
        assertThat(unheeded(anAsk("sonnet"))).isEmpty();
    }

    @Nested
    class StopsAt {

        @Test
        void everyWordThatTheClientNames() {
            var request = anAsk("sonnet").with(stopping("END", " ###"));

            assertThat(body(request).path("stop_sequences")).isEqualTo(json("['END',' ###']"));
            assertThat(unheeded(request)).isEmpty();
        }

        @Test
        void nothingThatIsBlankAndSaysSo() {
            var request = anAsk("sonnet").with(stopping("\n"));

            assertThat(body(request).has("stop_sequences")).isFalse();
            assertThat(unheeded(request)).containsExactly(Kind.STOP);
        }

        private static Wishes stopping(String... words) {
            return new Wishes(null, null, null, List.of(words), null, null);
        }
    }

    @Nested
    class Samples {

        @ParameterizedTest
        @CsvSource({
            "claude-haiku-4-5,0.2,,0.2,,",
            "claude-haiku-4-5,0,,0.0,,",
            "claude-haiku-4-5,,0.5,,0.5,",
            "claude-haiku-4-5,0.2,0.5,0.2,,TOP_P",
            "claude-haiku-4-5,1,0.5,,0.5,",
            "claude-haiku-4-5,1,1,,,",
            "claude-haiku-4-5,1.5,,1.0,,TEMPERATURE",
            "claude-opus-4-6,0.2,,0.2,,",
            "claude-sonnet-5,0.2,,,,TEMPERATURE",
            "claude-sonnet-5,,0.5,,,TOP_P",
            "claude-sonnet-5,1,1,,,",
            "claude-something-new,0.2,,,,TEMPERATURE"
        })
        void asTheModelAllows(
                String model,
                @Nullable Double temperature,
                @Nullable Double topP,
                @Nullable Double sentTemperature,
                @Nullable Double sentTopP,
                @Nullable Kind ignored) {
            var request = anAsk(model).with(new Wishes(null, temperature, topP, List.of(), null, null));

            assertThat(sent(request, "temperature")).isEqualTo(sentTemperature);
            assertThat(sent(request, "top_p")).isEqualTo(sentTopP);
            assertThat(unheeded(request)).isEqualTo(ignored == null ? List.of() : List.of(ignored));
        }

        @ParameterizedTest
        @CsvSource({"claude-haiku-4-5", "claude-sonnet-4-6"})
        void asTheModelLikesWhereItThinks(String model) {
            var request = anAsk(model).with(new Wishes(null, 0.2, 0.5, List.of(), Effort.HIGH, null));

            assertThat(body(request).has("temperature")).isFalse();
            assertThat(unheeded(request)).containsExactly(Kind.TEMPERATURE, Kind.TOP_P);
        }

        private static @Nullable Double sent(CompletionRequest request, String field) {
            JsonNode sent = body(request).path(field);
            return sent.isMissingNode() ? null : sent.doubleValue();
        }
    }

    @Nested
    class Thinks {

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '"',
                value = {
                    "claude-sonnet-5,LOW,\"{'type':'adaptive','display':'summarized'}\",low",
                    "claude-sonnet-5,MINIMAL,\"{'type':'adaptive','display':'summarized'}\",low",
                    "claude-opus-4-8,MEDIUM,\"{'type':'adaptive','display':'summarized'}\",medium",
                    "claude-opus-4-6,HIGH,\"{'type':'adaptive','display':'summarized'}\",high",
                    "claude-something-new,MAX,\"{'type':'adaptive','display':'summarized'}\",max",
                    "claude-sonnet-5,NONE,\"{'type':'disabled'}\",",
                    "claude-haiku-4-5,MINIMAL,\"{'type':'enabled','budget_tokens':1024}\",",
                    "claude-haiku-4-5,HIGH,\"{'type':'enabled','budget_tokens':16384}\",",
                    "claude-haiku-4-5,NONE,,",
                    "claude-opus-4-1,NONE,,"
                })
        void asHardAsTheClientWishes(String model, Effort wish, @Nullable String thinking, @Nullable String effort) {
            var request = anAsk(model).with(wishing(wish));

            assertThat(body(request).path("thinking"))
                    .isEqualTo(thinking == null ? json("{}").path("none") : json(thinking));
            assertThat(body(request).at("/output_config/effort").asString(null)).isEqualTo(effort);
            assertThat(unheeded(request)).isEmpty();
        }

        @Test
        void inHalfOfTheRoomThatTheAnswerHas() {
            var request = anAsk("haiku").with(new Wishes(5000, null, null, List.of(), Effort.HIGH, null));

            assertThat(body(request).at("/thinking/budget_tokens").asInt()).isEqualTo(2500);
        }

        @Test
        void notWhereThereIsNoRoomAndSaysSo() {
            var request = anAsk("haiku").with(new Wishes(2000, null, null, List.of(), Effort.HIGH, null));

            assertThat(body(request).has("thinking")).isFalse();
            assertThat(unheeded(request)).containsExactly(Kind.EFFORT);
        }

        @Test
        void notWithinABudgetWhereToolsAreAbout() {
            var withTool = anAsk("haiku").with(wishing(Effort.HIGH)).with(ONE_TOOL);
            var withCall = new CompletionRequest(
                            Origins.origin("req_1"),
                            "haiku",
                            null,
                            List.of(new Turn(Role.ASSISTANT, List.of(new Part.ToolCall("call_1", "look", "{}")))))
                    .with(wishing(Effort.HIGH));

            assertThat(body(withTool).has("thinking")).isFalse();
            assertThat(unheeded(withTool)).containsExactly(Kind.EFFORT);
            assertThat(body(withCall).has("thinking")).isFalse();
        }

        @Test
        void notWhereItMustCallATool() {
            var forced = new Toolbox(ONE_TOOL.tools(), Choice.REQUIRED, true);

            JsonNode body = body(anAsk("sonnet").with(forced));
            var utmost = anAsk("sonnet").with(forced).with(wishing(Effort.MAX));

            assertThat(body.path("thinking")).isEqualTo(json("{'type':'disabled'}"));
            assertThat(body.has("output_config")).isFalse();
            assertThat(body(utmost).at("/output_config/effort").asString()).isEqualTo("high");
            assertThat(unheeded(utmost)).containsExactly(Kind.EFFORT);
        }

        @Test
        void allTheSameWhereTheModelAlwaysDoes() {
            var request = anAsk("claude-opus-5-5").with(wishing(Effort.NONE));

            assertThat(body(request).has("thinking")).isFalse();
            assertThat(body(request).at("/output_config/effort").asString()).isEqualTo("low");
            assertThat(unheeded(request)).containsExactly(Kind.EFFORT);
        }

        @ParameterizedTest
        @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
        void neverInAnEarlyModelAndSaysSo(Effort wish) {
            var request = anAsk("claude-opus-4-1").with(wishing(wish));

            assertThat(body(request).has("thinking")).isFalse();
            assertThat(unheeded(request)).containsExactly(Kind.EFFORT);
        }

        private static Wishes wishing(Effort effort) {
            return new Wishes(null, null, null, List.of(), effort, null);
        }
    }

    @Nested
    class HoldsTheAnswerToASchema {

        @Test
        void closingItsObjectsAndLeavingOutBounds() {
            JsonNode schema = json("{'type':'object','properties':{"
                    + "'minimum':{'type':'integer','minimum':1},"
                    + "'list':{'type':'array','maxItems':3,'items':{'$ref':'#/$defs/one'}},"
                    + "'either':{'anyOf':[{'type':'null'},{'type':['object','null'],'properties':{'a':true}}]}},"
                    + "'$defs':{'one':{'type':'object','properties':{'b':{'const':1}},'additionalProperties':true}}}");

            assertThat(body(held("sonnet", schema)).path("output_config"))
                    .isEqualTo(json("{'format':{'type':'json_schema','schema':{'type':'object','properties':{"
                            + "'minimum':{'type':'integer'},"
                            + "'list':{'type':'array','items':{'$ref':'#/$defs/one'}},"
                            + "'either':{'anyOf':[{'type':'null'},"
                            + "{'type':['object','null'],'properties':{'a':true},'additionalProperties':false}]}},"
                            + "'$defs':{'one':{'type':'object','properties':{'b':{'const':1}},'additionalProperties':false}},"
                            + "'additionalProperties':false}}}"));
        }

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '"',
                value = {
                    "sonnet,\"{'type':'object'}\"",
                    "haiku,\"{'type':'object','properties':{'a':{'type':'object','additionalProperties':{'type':'string'}}}}\"",
                    "claude-opus-4-1,\"{'type':'object','properties':{'a':{'minimum':1}}}\""
                })
        void byAToolThatHasToBeCalledWithItWhereTheApiCannotCompileIt(String model, String schema) {
            JsonNode body = body(held(model, json(schema)));

            assertThat(body.path("tools"))
                    .isEqualTo(json("[{'name':'answer','description':'Takes the answer to the user.','input_schema':"
                            + schema + ",'cache_control':{'type':'ephemeral'}}]"));
            assertThat(body.path("tool_choice"))
                    .isEqualTo(json("{'type':'tool','name':'answer','disable_parallel_tool_use':true}"));
            assertThat(body.has("output_config")).isFalse();
        }

        @Test
        void withoutThinkingWhereAToolHasToBeCalled() {
            assertThat(body(held("sonnet", json("{'type':'object'}"))).path("thinking"))
                    .isEqualTo(json("{'type':'disabled'}"));
        }

        @Test
        void butNotToOneThatIsOpenBesideTheClientsTools() {
            assertUnsupported(held("sonnet", json("{'type':'object'}")).with(ONE_TOOL));
        }

        @Test
        void butNotToOneThatIsOpenInAModelThatAlwaysThinks() {
            assertUnsupported(held("claude-opus-5-5", json("{'type':'object'}")));
        }

        @Test
        void butNotToOneThatIsOpenAndNoObject() {
            assertUnsupported(held("sonnet", json("{'type':'array','items':{'type':'object'}}")));
        }

        private static void assertUnsupported(CompletionRequest request) {
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(() -> body(request))
                    .satisfies(failure -> assertThat(failure.missing()).hasValue(Feature.SCHEMA));
        }

        private static CompletionRequest held(String model, JsonNode schema) {
            return anAsk(model).with(new Wishes(null, null, null, List.of(), null, schema));
        }
    }

    private static CompletionRequest anAsk(String model) {
        return new CompletionRequest(Origins.origin("req_1"), model, null, List.of(Turn.user("Hi")));
    }

    private static JsonNode body(CompletionRequest request) {
        return JSON.readTree(JSON.writeValueAsString(MessagesRequest.of(request)));
    }

    private static List<Kind> unheeded(CompletionRequest request) {
        return MessagesRequest.of(request).tuning().unheeded().stream().sorted().toList();
    }

    private static JsonNode json(String text) {
        return JSON.readTree(text.replace('\'', '"'));
    }
}
