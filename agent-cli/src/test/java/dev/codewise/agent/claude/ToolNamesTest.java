package dev.codewise.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.agent.claude.Toolbox.Tool;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolNamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"look", "get__weather", "_", "-a-", "Bash", "mcp__c__look"})
    void staysTheSameBehindClaudesPrefixWhereItCan(String name) {
        assertThat(ToolNames.seen(name)).isEqualTo("mcp__c__" + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"with.dot", "a b", "größe", "", "😀", "look_0123456789ab"})
    void isReplacedByOneThatClaudeAndTheServiceTake(String name) {
        assertThat(ToolNames.seen(name)).matches("mcp__c__[a-zA-Z0-9_-]{1,56}").isNotEqualTo("mcp__c__" + name);
        assertThat(ToolNames.seen(name)).isEqualTo(ToolNames.seen(name));
    }

    @Test
    void isNoLongerThanTheServiceTakes() {
        assertThat(ToolNames.seen("x".repeat(56))).hasSize(64);
        assertThat(ToolNames.seen("x".repeat(57))).hasSize(64);
        assertThat(ToolNames.seen("x".repeat(500))).hasSize(64);
    }

    @Test
    void isNeverSharedByTwoTools() {
        var names = List.of(
                "a.b",
                "a_b",
                "a b",
                "a-b",
                "x".repeat(64),
                "x".repeat(63) + "y",
                "x".repeat(56),
                ToolNames.bare("a.b"));

        assertThat(names.stream().map(ToolNames::seen)).doesNotHaveDuplicates();
    }

    @Test
    void leadsBackToTheClientsOwn() {
        var tools = Stream.of("a.b", "a_b", "look").map(ToolNamesTest::tool).toList();
        var names = new ToolNames(tools);

        assertThat(tools)
                .allSatisfy(tool -> assertThat(names.clientName(ToolNames.seen(tool.name())))
                        .contains(tool.name()));
        assertThat(names.clientName("look")).isEmpty();
        assertThat(names.clientName("StructuredOutput")).isEmpty();
    }

    private static Tool tool(String name) {
        return new Tool(name, null, Map.of("type", "object"));
    }
}
