package dev.codewise.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.agent.claude.Toolbox.Choice;
import dev.codewise.agent.claude.Toolbox.Kind;
import dev.codewise.agent.claude.Toolbox.Tool;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ToolPolicyTest {

    @Test
    void saysNothingWhereTheModelIsFree() {
        assertThat(ToolPolicy.of(Toolbox.EMPTY)).isEmpty();
        assertThat(ToolPolicy.of(toolbox(Kind.AUTO, null, true))).isEmpty();
    }

    @Test
    void saysEachChoice() {
        assertThat(ToolPolicy.of(toolbox(Kind.NONE, null, true))).contains(Map.of("type", "none"));
        assertThat(ToolPolicy.of(toolbox(Kind.REQUIRED, null, true))).contains(Map.of("type", "any"));
        assertThat(ToolPolicy.of(toolbox(Kind.NAMED, "look", true)))
                .contains(Map.of("type", "tool", "name", "mcp__c__look"));
    }

    @Test
    void saysThatOneCallIsEnough() {
        assertThat(ToolPolicy.of(toolbox(Kind.AUTO, null, false)))
                .contains(Map.of("type", "auto", "disable_parallel_tool_use", true));
        assertThat(ToolPolicy.of(toolbox(Kind.REQUIRED, null, false)))
                .contains(Map.of("type", "any", "disable_parallel_tool_use", true));
        assertThat(ToolPolicy.of(toolbox(Kind.NAMED, "look", false)))
                .contains(Map.of("type", "tool", "name", "mcp__c__look", "disable_parallel_tool_use", true));
        assertThat(ToolPolicy.of(toolbox(Kind.NONE, null, false))).contains(Map.of("type", "none"));
    }

    private static Toolbox toolbox(Kind kind, @Nullable String name, boolean parallel) {
        return new Toolbox(List.of(new Tool("look", null, Map.of("type", "object"))), new Choice(kind, name), parallel);
    }
}
