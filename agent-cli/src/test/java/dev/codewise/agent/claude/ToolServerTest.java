package dev.codewise.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codewise.agent.claude.ClaudeLine.Ready;
import dev.codewise.agent.claude.Part.ToolResult;
import dev.codewise.agent.claude.Toolbox.Choice;
import dev.codewise.agent.claude.Toolbox.Tool;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Also with what a real claude once asked. */
class ToolServerTest {

    private final JsonMapper json = new JsonMapper();
    private final LineParser parser = new LineParser(json);
    private final List<JsonNode> said = new ArrayList<>();
    private final Told told = new Told();
    private final ToolServer server = new ToolServer(new ToolLines(json), line -> said.add(json.readTree(line)));

    @BeforeEach
    void offer() {
        server.offer(new Toolbox(List.of(tool("f"), tool("g")), Choice.AUTO, true));
    }

    @Test
    void describesToolsInAWayThatClaudeCallsThemAllAtOnce() {
        hear("tools/list", "1");

        var tools = said.get(0).at("/response/response/mcp_response/result/tools");
        assertThat(tools).hasSize(2);
        assertThat(tools.at("/0/name").asString()).isEqualTo("f");
        assertThat(tools.at("/0/inputSchema/type").asString()).isEqualTo("object");
        assertThat(tools.at("/0/annotations/readOnlyHint").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"notifications/initialized", "notifications/cancelled", "ping", "sparkle"})
    void leavesNothingUnanswered(String method) {
        hear(method, "7");

        assertThat(said).hasSize(1);
        assertThat(said.get(0).at("/response/subtype").asString()).isEqualTo("success");
        assertThat(said.get(0).at("/response/response/mcp_response/id").asInt()).isEqualTo(7);
        assertThat(said.get(0).at("/response/response/mcp_response/result")).isEmpty();
    }

    @Test
    void refusesWhatIsNotItsBusiness() {
        hear("{\"type\":\"control_request\",\"request_id\":\"u9\",\"request\":{\"subtype\":\"can_use_tool\"}}");

        assertThat(said.get(0).at("/response/subtype").asString()).isEqualTo("error");
        assertThat(said.get(0).at("/response/request_id").asString()).isEqualTo("u9");
    }

    @Test
    void keepsCallsUntilItIsToldWhatCameOfThem() {
        var progress = replay("client-tools-parallel-readonly");
        var handshake = said.size();

        var ids = progress.calls().ids();
        assertThat(ids).hasSize(3);
        assertThat(server.awaitsAll(ids)).isTrue();
        ids.forEach(id -> server.answer(new ToolResult(id, List.of(new Part.Text("of " + id)), false)));

        assertThat(server.awaitsAll(ids)).isFalse();
        assertThat(said).hasSize(handshake + 3);
        assertThat(said.get(handshake)
                        .at("/response/response/mcp_response/result/content/0/text")
                        .asString())
                .isEqualTo("of " + ids.iterator().next());
    }

    @Test
    void tellsTheCallsOfAMessageAndNothingBehindIt() {
        var progress = replay("client-tools-parallel-readonly");

        assertThat(progress.isCalling()).isTrue();
        assertThat(told.calls())
                .extracting(call -> call.replaceAll("toolu_\\w+ ", ""))
                .containsExactly("f:{\"a\":\"1\"}", "g:{\"a\":\"2\"}", "f:{\"a\":\"3\"}");
        assertThat(told.text()).isEmpty();
        // the handshake twice, and no answer to the calls yet
        assertThat(said).hasSize(6);
    }

    @Test
    void doesNotTellWhatClaudeSaysWhenItWasLeftAlone() {
        var progress = replay("pending-client-tool-stdin");

        assertThat(progress.isCalling()).isTrue();
        assertThat(told.text()).isEqualTo("calling");
        assertThat(told.calls()).hasSize(1);
    }

    @Test
    void leavesOtherToolsToClaude() {
        server.offer(new Toolbox(List.of(tool("h")), Choice.AUTO, true));
        var progress = new Progress(told, server, AnswerForm.WORDS);

        hearAll("json-schema", progress);

        assertThat(progress.isCalling()).isFalse();
        assertThat(told.calls()).isEmpty();
    }

    @Test
    void noticesThatClaudeHasLeftToolsOut() {
        server.ready(new Ready(Set.of("mcp__c__f", "mcp__c__g", "StructuredOutput")));

        assertThatThrownBy(() -> server.ready(new Ready(Set.of("mcp__c__f"))))
                .isInstanceOf(ClaudeException.class)
                .hasMessageContaining("schemas");
    }

    private Progress replay(String transcript) {
        var progress = new Progress(told, server, AnswerForm.WORDS);
        hearAll(transcript, progress);
        return progress;
    }

    /** But for what a turn begins with, which names the tools of the recording. */
    private void hearAll(String transcript, Progress progress) {
        Transcript.of(transcript).lines().stream()
                .flatMap(line -> parser.parse(line).stream())
                .filter(line -> !(line instanceof Ready))
                .forEach(line -> line.tell(progress));
    }

    private void hear(String method, String id) {
        hear("{\"type\":\"control_request\",\"request_id\":\"u1\",\"request\":{\"subtype\":\"mcp_message\","
                + "\"message\":{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\"}}}");
    }

    private void hear(String line) {
        parser.parse(line.getBytes(StandardCharsets.UTF_8))
                .orElseThrow()
                .tell(new Progress(told, server, AnswerForm.WORDS));
    }

    private static Tool tool(String name) {
        return new Tool(name, "Does " + name + ".", Map.of("type", "object"));
    }
}
