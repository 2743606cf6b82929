package dev.codewise.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.agent.claude.Toolbox.Choice;
import dev.codewise.agent.claude.Toolbox.Tool;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ToolDescriptionsTest {

    @Test
    void standWithTheToolWhereTheyAreShort() {
        assertThat(ToolDescriptions.brief(tool("Looks."))).isEqualTo("Looks.");
        assertThat(ToolDescriptions.brief(tool(null))).isEmpty();
        assertThat(ToolDescriptions.brief(tool("x".repeat(2000)))).hasSize(2000);
        assertThat(ToolDescriptions.instructions("Be brief.", toolbox(tool("Looks."))))
                .isEqualTo("Be brief.");
    }

    @Test
    void goOnBelowTheInstructionsWhereTheyAreLong() {
        var description = "x".repeat(3000) + "the end";

        var brief = ToolDescriptions.brief(tool(description));
        var instructions = ToolDescriptions.instructions("Be brief.", toolbox(tool(description)));

        assertThat(brief).hasSizeLessThanOrEqualTo(2000).endsWith(" … (continued in the system prompt)");
        assertThat(instructions)
                .startsWith("Be brief.\n\n")
                .contains("mcp__c__look")
                .endsWith("the end");
        assertThat(instructions.chars().filter(character -> character == 'x').count()
                        + brief.chars().filter(character -> character == 'x').count())
                .isEqualTo(3000);
    }

    @Test
    void areCutBetweenCharacters() {
        var description = "😀".repeat(1500);

        var brief = ToolDescriptions.brief(tool("x" + description));

        assertThat(brief.substring(0, brief.indexOf(' '))).doesNotMatch("(?s).*[\\ud800-\\udbff]");
        assertThat(ToolDescriptions.instructions("", toolbox(tool("x" + description))))
                .endsWith("😀");
    }

    private static Tool tool(@Nullable String description) {
        return new Tool("look", description, Map.of("type", "object"));
    }

    private static Toolbox toolbox(Tool... tools) {
        return new Toolbox(List.of(tools), Choice.AUTO, true);
    }
}
