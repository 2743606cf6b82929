package dev.codewise.proxy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.codewise.protocol.AgentFeature;
import dev.codewise.protocol.Protocol;
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
import dev.codewise.proxy.completion.Wishes.Effort;
import dev.codewise.proxy.completion.Wishes.Kind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ErrandTest {

    private static final AgentProperties TIMES = new AgentProperties(
            Duration.ofSeconds(120), Duration.ofMinutes(30), 0, Duration.ZERO, Duration.ofSeconds(30));
    private static final JsonMapper JSON = new JsonMapper();

    private static final AgentProfile SIMPLE = new AgentProfile("laptop-0", null, List.of(), null, null);
    private static final AgentProfile ABLE =
            new AgentProfile("laptop-1", null, List.of(), null, null, "an-instance", EnumSet.allOf(AgentFeature.class));

    @Nested
    class ATurn {

        @Test
        void isAPlainStringWhereItIsTextOnly() {
            var turn = new Turn(Role.USER, List.of(new Part.Text("one"), new Part.Text("two")));

            assertThat(messages(turn)).isEqualTo("[{\"role\":\"user\",\"content\":\"one\\ntwo\"}]");
        }

        @Test
        void bringsPicturesAndDocumentsInTheirPlace() {
            var turn = new Turn(
                    Role.USER,
                    List.of(
                            new Part.Text("See:"),
                            new Part.Image("image/png", "iVBO"),
                            new Part.Document("application/pdf", "JVBE")));

            assertThat(messages(turn))
                    .isEqualTo("[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"See:\"},"
                            + "{\"type\":\"image\",\"mediaType\":\"image/png\",\"data\":\"iVBO\"},"
                            + "{\"type\":\"document\",\"mediaType\":\"application/pdf\",\"data\":\"JVBE\"}]}]");
        }

        @Test
        void saysWhatWasCalledAndWhatCameOfIt() {
            var call = new Turn(Role.ASSISTANT, List.of(new Part.ToolCall("t1", "look", "{ \"at\": 1 }")));
            var result = new Turn(
                    Role.USER, List.of(new Part.ToolResult("t1", List.of(new Part.Text("nothing there")), true)));

            assertThat(messages(call, result))
                    .isEqualTo("[{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_call\","
                            + "\"id\":\"t1\",\"name\":\"look\",\"arguments\":\"{ \\\"at\\\": 1 }\"}]},"
                            + "{\"role\":\"tool\",\"content\":[{\"type\":\"tool_result\",\"callId\":\"t1\","
                            + "\"content\":\"nothing there\",\"failed\":true}]}]");
        }

        @Test
        void isTheUsersWhereHeSaysMoreThanWhatCameOfIt() {
            var turn = new Turn(
                    Role.USER,
                    List.of(
                            new Part.ToolResult("t1", List.of(new Part.Image("image/png", "iVBO")), false),
                            new Part.Text("And now?")));

            assertThat(messages(turn))
                    .isEqualTo("[{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\","
                            + "\"callId\":\"t1\",\"content\":[{\"type\":\"image\",\"mediaType\":\"image/png\",\"data\":\"iVBO\"}]},"
                            + "{\"type\":\"text\",\"text\":\"And now?\"}]}]");
        }

        private String messages(Turn... turns) {
            return sent(asking("sonnet", turns), ABLE).get("messages").toString();
        }
    }

    @Nested
    class Tools {

        private static final Toolbox.Tool LOOK =
                new Tool("look", "Looks.", JSON.readTree("{\"type\":\"object\",\"properties\":{\"z\":{},\"a\":{}}}"));

        @Test
        void areSaidInTheirOrderAndNothingThatIsAsUsual() {
            var tools = new Toolbox(List.of(LOOK, new Tool("act", null, JSON.readTree("true"))), Choice.AUTO, true);

            assertThat(parameters(tools))
                    .isEqualTo("{\"tools\":[{\"name\":\"look\",\"description\":\"Looks.\","
                            + "\"inputSchema\":{\"type\":\"object\",\"properties\":{\"z\":{},\"a\":{}}}},"
                            + "{\"name\":\"act\",\"inputSchema\":{}}]}");
        }

        @ParameterizedTest
        @MethodSource
        void areChosenInFourWays(Choice choice, @Nullable String said) {
            var parameters = JSON.readTree(parameters(new Toolbox(List.of(LOOK), choice, true)));

            assertThat(parameters.path("toolChoice").toString()).isEqualTo(said);
        }

        static Stream<Arguments> areChosenInFourWays() {
            return Stream.of(
                    arguments(Choice.AUTO, ""),
                    arguments(Choice.NONE, "{\"mode\":\"none\"}"),
                    arguments(Choice.REQUIRED, "{\"mode\":\"required\"}"),
                    arguments(Choice.of("look"), "{\"mode\":\"named\",\"name\":\"look\"}"));
        }

        @Test
        void areCalledOneByOneWhereThatIsWished() {
            var parameters = JSON.readTree(parameters(new Toolbox(List.of(LOOK), Choice.AUTO, false)));

            assertThat(parameters.get("parallelToolCalls").asBoolean()).isFalse();
        }

        private String parameters(Toolbox tools) {
            return sent(asking("sonnet", Turn.user("Hi")).with(tools), ABLE)
                    .get("parameters")
                    .toString();
        }
    }

    @Nested
    class WishesOfARequest {

        private final JsonNode schema = JSON.readTree("{\"type\":\"object\",\"required\":[\"a\"]}");

        @Test
        void areToldToAnAgentThatHeedsThem() {
            var wishes = new Wishes(9, 0.5, null, List.of("END", " "), Effort.NONE, schema);
            var request = asking("claude-haiku-4-5", Turn.user("Hi")).with(wishes);

            assertThat(sent(request, ABLE).get("parameters").toString())
                    .isEqualTo("{\"maxTokens\":9,\"temperature\":0.5,\"stop\":[\"END\"],\"effort\":\"none\","
                            + "\"jsonSchema\":{\"type\":\"object\",\"required\":[\"a\"]}}");
            assertThat(unheeded(request, ABLE)).containsExactly(Kind.STOP);
        }

        @Test
        void areKeptFromAnAgentThatDoesNotHeedThem() {
            var request = asking("claude-haiku-4-5", Turn.user("Hi"))
                    .with(new Wishes(9, 0.5, 0.9, List.of("END"), Effort.LOW, null));

            assertThat(sent(request, SIMPLE).get("parameters").toString()).isEqualTo("{\"maxTokens\":9}");
            assertThat(unheeded(request, SIMPLE))
                    .containsExactlyInAnyOrder(Kind.TEMPERATURE, Kind.TOP_P, Kind.STOP, Kind.EFFORT);
        }

        @Test
        void areNotHeededWhereClaudeCodeCannotBeTold() {
            var strict = new Toolbox.Tool("look", null, schema, true);
            var request = asking("sonnet", Turn.user("Hi"))
                    .with(new Wishes(null, null, null, List.of(), null, null, "me"))
                    .with(new Toolbox(List.of(strict), Toolbox.Choice.AUTO, true));

            assertThat(unheeded(request, ABLE)).containsExactlyInAnyOrder(Kind.USER, Kind.STRICT_CALLS);
        }

        @ParameterizedTest
        @CsvSource(nullValues = "-", textBlock = """
            claude-3-5-haiku,  LOW,     0.5, 0.9, -,       0.5, -,   EFFORT TOP_P
            claude-3-5-haiku,  -,       -,   0.9, -,       -,   0.9, ''
            haiku,             LOW,     0.5, -,   low,     -,   -,   TEMPERATURE
            haiku,             NONE,    1.5, -,   none,    1.0, -,   TEMPERATURE
            haiku,             MINIMAL, 0.5, -,   minimal, 0.5, -,   ''
            claude-opus-4-6,   -,       -,   0.9, -,       -,   -,   TOP_P
            claude-opus-4-6,   NONE,    0.5, 1,   none,    0.5, -,   ''
            sonnet,            MAX,     1,   -,   max,     -,   -,   ''
            opus,              NONE,    0.5, -,   none,    -,   -,   TEMPERATURE
            claude-fable-9,    NONE,    -,   0.9, none,    -,   -,   EFFORT TOP_P
            """)
        void areHeededAsFarAsTheModelCan(
                String model,
                @Nullable Effort effort,
                @Nullable Double temperature,
                @Nullable Double topP,
                @Nullable String effortSaid,
                @Nullable Double temperatureSaid,
                @Nullable Double topPSaid,
                String unheeded) {
            var request =
                    asking(model, Turn.user("Hi")).with(new Wishes(null, temperature, topP, List.of(), effort, null));

            var parameters = sent(request, ABLE).get("parameters");

            assertThat(parameters.path("effort").asString(null)).isEqualTo(effortSaid);
            assertThat(number(parameters.path("temperature"))).isEqualTo(temperatureSaid);
            assertThat(number(parameters.path("topP"))).isEqualTo(topPSaid);
            assertThat(unheeded(request, ABLE).stream().map(Kind::name).sorted().toList())
                    .isEqualTo(Stream.of(unheeded.split(" ", -1))
                            .filter(kind -> !kind.isEmpty())
                            .toList());
        }

        @ParameterizedTest
        @CsvSource({
            "haiku, HIGH, 2047, false",
            "haiku, HIGH, 2048, true",
            "haiku, MINIMAL, 10, true",
            "sonnet, HIGH, 10, true",
            "sonnet, MAX, 10, false"
        })
        void needRoomToThink(String model, Effort effort, int limit, boolean heeded) {
            var request = asking(model, Turn.user("Hi")).with(new Wishes(limit, null, null, List.of(), effort, null));

            assertThat(unheeded(request, ABLE).isEmpty()).isEqualTo(heeded);
        }

        @Test
        void yieldToACallThatHasToBeMade() {
            var tools = new Toolbox(List.of(new Tool("look", null, schema)), Choice.REQUIRED, true);
            var request = asking("haiku", Turn.user("Hi"))
                    .with(tools)
                    .with(new Wishes(null, null, null, List.of(), Effort.HIGH, null));

            assertThat(unheeded(request, ABLE)).containsExactly(Kind.EFFORT);
        }

        private static @Nullable Double number(JsonNode node) {
            return node.isMissingNode() ? null : node.asDouble();
        }

        private static Set<Kind> unheeded(CompletionRequest request, AgentProfile agent) {
            return Errand.of(request, TIMES).unheededBy(agent);
        }
    }

    @Test
    void namesTheRequestWhoseProcessMayStillBeHeld() {
        var run = Errand.of(asking("sonnet", Turn.user("Hi")), TIMES).to(ABLE, "req-0");

        assertThat(run.continues()).isEqualTo("req-0");
        assertThat(run.requestId()).isEqualTo("req-1");
    }

    @Test
    void bringsAsMuchAsAnAgentTakes() {
        var request = asking("sonnet", Turn.user("x".repeat(Protocol.MAX_REQUEST_BYTES - 1000)));

        assertThat(EventSize.of(Errand.of(request, TIMES).to(ABLE, null)))
                .isBetween(Protocol.MAX_REQUEST_BYTES - 1000L, (long) Protocol.MAX_REQUEST_BYTES);
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("tooLarge")
    void bringsNoMoreThanThatAndNamesTheLimit(CompletionRequest request) {
        assertThatThrownBy(() -> Errand.of(request, TIMES))
                .isInstanceOfSatisfying(CompletionException.class, failure -> {
                    assertThat(failure.reason()).isEqualTo(Reason.REQUEST_TOO_LARGE);
                    assertThat(failure.isFinal()).isFalse();
                })
                .hasMessageContaining("8388608 bytes");
    }

    /** By its letters, by what they are as JSON, by its tools and by what was said before. */
    static Stream<CompletionRequest> tooLarge() {
        String most = "x".repeat(Protocol.MAX_REQUEST_BYTES);
        JsonNode wide = JSON.createObjectNode().put("description", most);
        return Stream.of(
                asking("sonnet", Turn.user(most)),
                asking("sonnet", Turn.user("\u0001".repeat(Protocol.MAX_REQUEST_BYTES / 5))),
                asking("sonnet", Turn.user("漢".repeat(Protocol.MAX_REQUEST_BYTES / 3))),
                asking("sonnet", Turn.user("Hi"))
                        .with(new Toolbox(List.of(new Tool("look", null, wide)), Choice.AUTO, true)),
                asking(
                        "sonnet",
                        new Turn(Role.USER, List.of(new Part.ToolResult("t1", List.of(new Part.Text(most)), false)))));
    }

    private static JsonNode sent(CompletionRequest request, AgentProfile agent) {
        return JSON.valueToTree(Errand.of(request, TIMES).to(agent, null));
    }

    private static CompletionRequest asking(String model, Turn... turns) {
        return new CompletionRequest(Origins.origin("req-1"), model, null, List.of(turns));
    }
}
