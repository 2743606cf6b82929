package dev.codewise.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.agent.claude.ClaudeLine.Asked;
import dev.codewise.agent.claude.ClaudeLine.ControlAnswered;
import dev.codewise.agent.claude.ClaudeLine.Ready;
import dev.codewise.agent.claude.ClaudeLine.TextDelta;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class LineParserTest {

    private final LineParser parser = new LineParser(new JsonMapper());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "7",
                "Warning: no JSON",
                "{\"type\":",
                "[{\"type\":\"result\"}]",
                "{\"type\":\"sparkle\"}",
                "{\"type\":{\"a\":1}}",
                "{\"no\":\"type\"}",
                "{\"type\":\"system\",\"subtype\":\"status\"}",
                "{\"type\":\"assistant\",\"message\":{\"model\":\"claude-sonnet-5\"}}",
                "{\"type\":\"stream_event\",\"event\":{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"signature_delta\"}}}",
            })
    void skipsWhatItDoesNotKnow(String line) {
        assertThat(parse(line)).isEmpty();
    }

    @Test
    void readsTextWithoutMindingItsNeighbours() {
        var line = "{\"type\":\"stream_event\",\"later\":1,\"event\":{\"type\":\"content_block_delta\",\"x\":[],"
                + "\"delta\":{\"type\":\"text_delta\",\"text\":\"Hé\\n\",\"y\":null}}}";

        assertThat(parse(line)).contains(new TextDelta("Hé\n"));
    }

    @Test
    void leavesOutTheTextOfSubagents() {
        var line = "{\"type\":\"stream_event\",\"parent_tool_use_id\":\"toolu_1\",\"event\":"
                + "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"secretly\"}}}";

        assertThat(parse(line)).isEmpty();
    }

    @Test
    void readsBothAnswersOfTheControlChannel() {
        assertThat(parse("{\"type\":\"control_response\",\"response\":{\"subtype\":\"success\",\"request_id\":\"r\"}}"))
                .contains(new ControlAnswered("r", null, ""));
        assertThat(parse("{\"type\":\"control_response\",\"response\":"
                        + "{\"subtype\":\"error\",\"request_id\":\"r\",\"error\":\"no\"}}"))
                .contains(new ControlAnswered("r", "no", ""));
    }

    @Test
    void readsWhatClaudeAsksOfAServerOfTools() {
        var asked = parse("{\"type\":\"control_request\",\"request_id\":\"u1\",\"request\":"
                + "{\"subtype\":\"mcp_message\",\"message\":{\"id\":1,\"method\":\"tools/list\"}}}");

        assertThat(asked).get(InstanceOfAssertFactories.type(Asked.class)).satisfies(question -> {
            assertThat(question.requestId()).isEqualTo("u1");
            assertThat(question.method()).isEqualTo("tools/list");
        });
    }

    @Test
    void readsWithWhichToolsATurnBegins() {
        assertThat(parse("{\"type\":\"system\",\"subtype\":\"init\",\"tools\":[\"mcp__c__look\"]}"))
                .contains(new Ready(Set.of("mcp__c__look")));
    }

    private Optional<ClaudeLine> parse(String line) {
        return parser.parse(line.getBytes(StandardCharsets.UTF_8));
    }
}
