package dev.codewise.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.codewise.agent.claude.Answer.Ending;
import dev.codewise.agent.claude.Toolbox.Choice;
import dev.codewise.agent.claude.Toolbox.Kind;
import dev.codewise.agent.claude.Toolbox.Tool;
import dev.codewise.fixtures.ApiAnswer;
import dev.codewise.fixtures.ApiRequest;
import dev.codewise.fixtures.RealClaude;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tools of the client, called through the real Claude Code against a scripted API. */
@Tag("long")
@RealClaude
class RealClaudeToolsIT extends RealClaudeAtAFakeApi {

    @Test
    void areAllThatTheModelSees() {
        asked.ask(offering(tool("look"), tool("weather")));

        var tools = anthropic.awaitRequest().body().path("tools");
        assertThat(AskedClaude.nodes(tools).map(tool -> tool.path("name").asString()))
                .containsExactly("mcp__c__look", "mcp__c__weather");
        assertThat(tools.path(0)
                        .path("input_schema")
                        .path("properties")
                        .path("at")
                        .path("type")
                        .asString())
                .isEqualTo("string");
    }

    @Test
    void areCalledWhileTheModelSpeaks() {
        anthropic.next(ApiAnswer.says("Let me ", "look.")
                .thenCallsTool("toolu_1", "mcp__c__look", "{\"at\":", "\"sky\"}")
                .thenCallsTool("toolu_2", "mcp__c__weather"));

        var answer = asked.ask(offering(tool("look"), tool("weather")));

        assertThat(asked.told().text()).isEqualTo("Let me look.");
        assertThat(asked.told().calls()).containsExactly("toolu_1 look:{\"at\":\"sky\"}", "toolu_2 weather:{}");
        assertThat(answer.ending()).isEqualTo(Ending.TOOL_CALLS);
        assertThat(answer.tokens().output()).isPositive();
        assertThat(answer.costUsd()).isPositive();
        assertThat(anthropic.requests()).hasSize(1);
    }

    @Test
    void haveNamesThatSurviveClaude() {
        var names =
                List.of("with.dot", "with_dot", "a b", "ä", "x".repeat(64), "x".repeat(63) + "y", "a__b", "-", "Bash");
        var calls = ApiAnswer.says();
        for (var name : names) {
            calls = calls.thenCallsTool("toolu_" + names.indexOf(name), ToolNames.seen(name), "{}");
        }
        anthropic.next(calls);

        asked.ask(offering(names.stream().map(RealClaudeToolsIT::tool).toArray(Tool[]::new)));

        assertThat(asked.told().calls())
                .extracting(call -> call.replaceAll("toolu_\\d+ |:\\{}", ""))
                .isEqualTo(names);
        assertThat(seen(anthropic.awaitRequest()))
                .hasSize(names.size())
                .allMatch(name -> name.matches("[a-zA-Z0-9_-]{1,64}"));
    }

    @Test
    void areDescribedInFull() {
        var description = IntStream.range(0, 2000)
                .mapToObj(number -> "w" + number)
                .reduce("", (all, word) -> all + " " + word)
                .strip();

        asked.ask(offering(new Tool("look", description, Map.of("type", "object"))));

        var body = anthropic.awaitRequest().body();
        var brief = body.path("tools").path(0).path("description").asString();
        assertThat(brief.length()).isLessThanOrEqualTo(2048);
        assertThat(brief).startsWith("w0 w1").doesNotContain("[truncated]");
        assertThat(body.path("system").toString()).contains("mcp__c__look").contains("w1999");
    }

    @Test
    void areTakenInGreatNumbers() {
        var tools = IntStream.range(0, 128)
                .mapToObj(number -> tool("tool_" + number))
                .toArray(Tool[]::new);

        asked.ask(offering(tools));

        assertThat(anthropic.awaitRequest().body().path("tools")).hasSize(128);
    }

    @ParameterizedTest
    @CsvSource({
        "AUTO, true, ''",
        "AUTO, false, '{\"type\":\"auto\",\"disable_parallel_tool_use\":true}'",
        "NONE, true, '{\"type\":\"none\"}'",
        "REQUIRED, true, '{\"type\":\"any\"}'",
        "NAMED, true, '{\"type\":\"tool\",\"name\":\"mcp__c__look\"}'",
    })
    void areChosenInFourWays(Kind kind, boolean parallel, String said) {
        var choice = new Choice(kind, kind == Kind.NAMED ? "look" : null);
        var toolbox = new Toolbox(List.of(tool("look")), choice, parallel);

        asked.ask(new Prompt(Said.MODEL, null, List.of(Said.user("Hi")), toolbox, Wishes.NONE));

        var body = anthropic.awaitRequest().body();
        assertThat(body.path("tool_choice").toString()).isEqualTo(said);
        if (kind == Kind.REQUIRED || kind == Kind.NAMED) {
            assertThat(body.at("/thinking/type").asString("disabled")).isEqualTo("disabled");
        }
    }

    @Test
    void areGivenLateToAProcessThatHasWaited() {
        anthropic.next(ApiAnswer.callsTool("toolu_1", "mcp__c__look", "{}"));

        var answer = asked.askWarm(offering(tool("look")));

        assertThat(answer.ending()).isEqualTo(Ending.TOOL_CALLS);
        assertThat(asked.told().calls()).containsExactly("toolu_1 look:{}");
        assertThat(seen(anthropic.awaitRequest())).containsExactly("mcp__c__look");
    }

    @Test
    void readNoFileThatTheirDescriptionNames() throws IOException {
        var canary = Files.writeString(home.resolve("canary.txt"), "CANARY-7431");
        var words = "See @" + canary + " and @~/canary.txt, /cost";

        asked.ask(offering(new Tool("look", words, Map.of("type", "object", "description", words))));

        var request = anthropic.awaitRequest();
        assertThat(request.text()).doesNotContain("CANARY-7431");
        assertThat(request.body().at("/tools/0/description").asString()).isEqualTo(words);
    }

    @Test
    void standInTheHistoryUnderTheSameNames() {
        var history = List.of(
                Said.user("Hi"),
                Said.assistant(Said.text("Let me look."), new Part.ToolCall("toolu_1", "with.dot", "{\"at\":1}")),
                Said.user(Said.result("toolu_1", Said.text("blue"))));
        var toolbox = new Toolbox(List.of(tool("with.dot")), Choice.AUTO, true);

        asked.ask(new Prompt(Said.MODEL, null, history, toolbox, Wishes.NONE));

        var request = anthropic.awaitRequest();
        assertThat(AskedClaude.blocks(request))
                .filteredOn(block -> block.path("type").asString().equals("tool_use"))
                .singleElement()
                .satisfies(block ->
                        assertThat(seen(request)).contains(block.path("name").asString()));
        assertThat(anthropic.requests()).hasSize(1);
    }

    @Test
    void mayBringTwoMegabytes() {
        var words = "word ".repeat(400_000);
        var turns = List.of(
                Said.user("Hi"),
                Said.assistant(new Part.ToolCall("toolu_1", "look", "{}")),
                Said.user(Said.result("toolu_1", Said.text(words))));
        var toolbox = new Toolbox(List.of(tool("look")), Choice.AUTO, true);
        anthropic.says("Much.");

        asked.ask(new Prompt(Said.MODEL + "[1m]", null, turns, toolbox, Wishes.NONE));

        assertThat(asked.told().text()).isEqualTo("Much.");
        assertThat(AskedClaude.blocks(anthropic.awaitRequest()))
                .anyMatch(block -> block.at("/content/0/text").asString("").equals(words));
    }

    @Test
    void areRefusedWhereClaudeWouldLeaveThemOut() {
        var odd = new Tool("odd", "Odd.", Map.of("type", "object", "anyOf", List.of(Map.of("required", List.of("a")))));

        var failure = catchThrowableOfType(ClaudeException.class, () -> asked.ask(offering(tool("look"), odd)));

        assertThat(failure.kind()).isEqualTo(ClaudeException.Kind.INVALID_REQUEST);
        assertThat(failure).hasMessageContaining("schemas");
    }

    @Test
    void mayHaveASchemaWithoutAType() {
        asked.ask(offering(new Tool("look", "Looks.", Map.of())));

        assertThat(seen(anthropic.awaitRequest())).containsExactly("mcp__c__look");
    }

    @Test
    void endTheAnswerThoughTheirArgumentsAreBroken() {
        anthropic.next(ApiAnswer.callsTool("toolu_1", "mcp__c__look", "{\"at\": tru"));

        var answer = asked.ask(offering(tool("look")));

        assertThat(answer.ending()).isEqualTo(Ending.TOOL_CALLS);
        assertThat(asked.told().calls()).containsExactly("toolu_1 look:{\"at\": tru");
    }

    private static Set<String> seen(ApiRequest request) {
        return AskedClaude.nodes(request.body().path("tools"))
                .map(tool -> tool.path("name").asString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Tool tool(String name) {
        return new Tool(name, "Looks.", Map.of("type", "object", "properties", Map.of("at", Map.of("type", "string"))));
    }

    private static Prompt offering(Tool... tools) {
        return new Prompt(
                Said.MODEL,
                null,
                List.of(Said.user("Hi")),
                new Toolbox(List.of(tools), Choice.AUTO, true),
                Wishes.NONE);
    }
}
