package dev.codewise.proxy.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.Origins;
import dev.codewise.proxy.completion.Part;
import dev.codewise.proxy.completion.Toolbox.Choice;
import dev.codewise.proxy.completion.Turn;
import dev.codewise.proxy.completion.Turn.Role;
import dev.codewise.proxy.completion.Wishes.Effort;
import dev.codewise.proxy.web.RequestRefused;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class QuestionTest {

    private static final String HI = "{\"role\":\"user\",\"content\":\"Hi\"}";
    private static final String LOOK = "{\"name\":\"look\",\"input_schema\":{\"type\":\"object\"}}";

    @Test
    void isAskedInTheWordsOfTheDomain() {
        var question = question("\"system\":\"Be kind.\",\"messages\":[" + HI
                + ",{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"Hello\"}]}," + HI + "]");

        assertThat(question.asked().id()).isEqualTo("req_a");
        assertThat(question.asked().model()).isEqualTo("sonnet");
        assertThat(question.asked().system()).isEqualTo("Be kind.");
        assertThat(question.asked().turns()).containsExactly(Turn.user("Hi"), Turn.assistant("Hello"), Turn.user("Hi"));
        assertThat(question.asked().toolbox().isEmpty()).isTrue();
        assertThat(question.wantsStream()).isFalse();
    }

    @Test
    void hearsTheSystemInBlocksAndBetweenTheTurns() {
        var asked = asked("""
                "system":[{"type":"text","text":"One.","cache_control":{"type":"ephemeral"}},{"type":"text","text":"Two."}],\
                "messages":[%s,{"role":"system","content":"Three."}]""".formatted(HI));

        assertThat(asked.system()).isEqualTo("One.\nTwo.\nThree.");
        assertThat(asked.turns()).containsExactly(Turn.user("Hi"));
    }

    @Test
    void hasEveryKindOfPart() {
        var asked = asked("""
                "messages":[{"role":"user","content":[
                  {"type":"text","text":"Look","cache_control":{"type":"ephemeral"}},
                  {"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}},
                  {"type":"document","title":"T","source":{"type":"base64","media_type":"application/pdf","data":"BBBB"}},
                  {"type":"document","source":{"type":"text","media_type":"text/plain","data":"words"}}]},
                 {"role":"assistant","content":[
                  {"type":"thinking","thinking":"Hm","signature":"s"},
                  {"type":"redacted_thinking","data":"x"},
                  {"type":"tool_use","id":"toolu_1","name":"look","input":{"at":"sky"}}]},
                 {"role":"user","content":[
                  {"type":"tool_result","tool_use_id":"toolu_1","is_error":true,"content":[
                    {"type":"text","text":"dark"},
                    {"type":"image","source":{"type":"base64","media_type":"image/gif","data":"CCCC"}}]},
                  {"type":"tool_result","tool_use_id":"toolu_2","content":"plain"},
                  {"type":"tool_result","tool_use_id":"toolu_3"}]}]""");

        assertThat(asked.turns())
                .containsExactly(
                        new Turn(
                                Role.USER,
                                List.of(
                                        new Part.Text("Look"),
                                        new Part.Image("image/png", "AAAA"),
                                        new Part.Document("application/pdf", "BBBB"),
                                        new Part.Text("words"))),
                        new Turn(Role.ASSISTANT, List.of(new Part.ToolCall("toolu_1", "look", "{\"at\":\"sky\"}"))),
                        new Turn(
                                Role.USER,
                                List.of(
                                        new Part.ToolResult(
                                                "toolu_1",
                                                List.of(new Part.Text("dark"), new Part.Image("image/gif", "CCCC")),
                                                true),
                                        new Part.ToolResult("toolu_2", List.of(new Part.Text("plain")), false),
                                        new Part.ToolResult("toolu_3", List.of(), false))));
    }

    @Test
    void bringsItsTools() {
        var toolbox = asked("""
                "tools":[{"type":"custom","name":"look","description":"Looks.","input_schema":{"type":"object"},\
                "cache_control":{"type":"ephemeral"}}],\
                "tool_choice":{"type":"tool","name":"look","disable_parallel_tool_use":true},"messages":[%s]""".formatted(HI)).toolbox();

        assertThat(toolbox.tools()).singleElement().satisfies(tool -> {
            assertThat(tool.name()).isEqualTo("look");
            assertThat(tool.description()).isEqualTo("Looks.");
            assertThat(tool.inputSchema()).hasToString("{\"type\":\"object\"}");
        });
        assertThat(toolbox.choice()).isEqualTo(Choice.of("look"));
        assertThat(toolbox.parallel()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"auto,AUTO", "any,REQUIRED", "none,NONE"})
    void saysWhetherAToolMustBeUsed(String type, String kind) {
        var toolbox = asked("\"tools\":[" + LOOK + "],\"tool_choice\":{\"type\":\"" + type + "\"},\"messages\":[" + HI
                        + "]")
                .toolbox();

        assertThat(toolbox.choice().kind()).hasToString(kind);
        assertThat(toolbox.parallel()).isTrue();
    }

    @Test
    void bringsItsWishes() {
        var wishes = asked("""
                "temperature":0.5,"top_p":1,"stop_sequences":["END"],"metadata":{"user_id":"u"},"output_config":{"effort":"max",\
                "format":{"type":"json_schema","schema":{"type":"object"}}},"thinking":{"type":"disabled"},\
                "messages":[%s]""".formatted(HI)).wishes();

        assertThat(wishes.maxTokens()).isEqualTo(100);
        assertThat(wishes.temperature()).isEqualTo(0.5);
        assertThat(wishes.topP()).isEqualTo(1.0);
        assertThat(wishes.stop()).containsExactly("END");
        assertThat(wishes.effort()).isEqualTo(Effort.MAX);
        assertThat(wishes.user()).isEqualTo("u");
        assertThat(wishes.schema()).hasToString("{\"type\":\"object\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"thinking\":{\"type\":\"disabled\"}                           | NONE",
                "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2048}     | LOW",
                "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":10000}    | MEDIUM",
                "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":30000}    | HIGH",
                "\"thinking\":{\"type\":\"adaptive\"}                           | ",
                "\"output_config\":{\"effort\":\"low\"}                         | LOW",
                "\"output_config\":{\"effort\":\"medium\"}                      | MEDIUM",
                "\"output_config\":{\"effort\":\"xhigh\"}                       | HIGH",
                "\"thinking\":null                                              | "
            })
    void takesABudgetOfThoughtForAnEffort(String fields, String effort) {
        var wishes = asked(fields + ",\"messages\":[" + HI + "]").wishes();

        assertThat(wishes.effort()).isEqualTo(effort == null ? null : Effort.valueOf(effort));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"messages\":[]                                                        | messages: must hold",
                "\"messages\":{}                                                        | messages: must be a list.",
                "\"messages\":[5]                                                       | messages.0: must be an object.",
                "\"messages\":[{\"content\":\"Hi\"}]                                    | messages.0.role: is missing.",
                "\"messages\":[{\"role\":\"tool\",\"content\":\"Hi\"}]                  | messages.0.role: must be user",
                "\"messages\":[{\"role\":\"user\"}]                                     | messages.0.content: is missing.",
                "\"messages\":[{\"role\":\"user\",\"content\":5}]                       | messages.0.content: must be a list.",
                "\"messages\":[{\"role\":\"user\",\"content\":\" \"}]                   | messages: must end with",
                "\"messages\":[HI,{\"role\":\"assistant\",\"content\":\"{\"}]           | messages: must end with",
                "\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Hi\"}]}]     | messages.0.content.0.type: is missing.",
                "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"magic\"}]}]  | messages.0.content.0.type: is no kind",
                "\"messages\":[BLOCK(\"type\":\"text\",\"text\":5)]                     | messages.0.content.0.text: must be a string.",
                "\"messages\":[BLOCK(\"type\":\"image\")]                               | messages.0.content.0.source: is missing.",
                "\"messages\":[BLOCK(\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"http://x\"})] | source.type: must be base64",
                "\"messages\":[BLOCK(\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/svg\",\"data\":\"AAAA\"})] | source.media_type: must be image/jpeg",
                "\"messages\":[BLOCK(\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"no!\"})] | source.data: is not base64.",
                "\"messages\":[BLOCK(\"type\":\"document\",\"source\":{\"type\":\"file\",\"file_id\":\"f\"})] | source.type: must be base64",
                "\"messages\":[BLOCK(\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"b\",\"input\":\"c\")] | messages.0.content.0.input: must be an object.",
                "\"messages\":[BLOCK(\"type\":\"tool_result\",\"content\":\"x\")]       | messages.0.content.0.tool_use_id: is missing.",
                "\"messages\":[BLOCK(\"type\":\"tool_result\",\"tool_use_id\":\"a\",\"content\":[{\"type\":\"thinking\"}])] | content.0.content.0.type: must be text or image",
                "\"messages\":[HI],\"system\":5                                         | system: must be a list.",
                "\"messages\":[HI],\"system\":[{\"type\":\"image\"}]                    | system.0.type: must be text",
                "\"messages\":[HI],\"stream\":\"yes\"                                   | stream: must be true or false.",
                "\"messages\":[HI],\"temperature\":2                                    | temperature: must be between 0 and 1.",
                "\"messages\":[HI],\"top_p\":\"1\"                                      | top_p: must be a number.",
                "\"messages\":[HI],\"stop_sequences\":[5]                               | stop_sequences.0: must be a string.",
                "\"messages\":[HI],\"thinking\":\"yes\"                                 | thinking: must be an object.",
                "\"messages\":[HI],\"thinking\":{\"type\":\"enabled\"}                  | thinking.budget_tokens: is missing.",
                "\"messages\":[HI],\"output_config\":5                                  | output_config: must be an object.",
                "\"messages\":[HI],\"output_config\":{\"effort\":\"huge\"}              | output_config.effort: must be low",
                "\"messages\":[HI],\"output_config\":{\"format\":{\"type\":\"xml\"}}    | output_config.format.type: must be json_schema.",
                "\"messages\":[HI],\"tools\":[{\"type\":\"bash_20250124\",\"name\":\"bash\"}] | tools.0.type: must be custom",
                "\"messages\":[HI],\"tools\":[{\"name\":\"look\"}]                      | tools.0.input_schema: is missing.",
                "\"messages\":[HI],\"tool_choice\":\"auto\"                             | tool_choice: must be an object.",
                "\"messages\":[HI],\"tool_choice\":{\"type\":\"some\"}                  | tool_choice.type: must be auto",
                "\"messages\":[HI],\"tool_choice\":{\"type\":\"tool\",\"name\":\"x\"}   | tool_choice.name: must be one of the tools.",
                "\"messages\":[HI],\"mcp_servers\":[{\"url\":\"http://x\"}]             | mcp_servers: Only the Claude API"
            })
    void isRefusedWithThePlaceOfTheMistake(String fields, String sentence) {
        String written = fields.replace("HI", HI)
                .replace("BLOCK(", "{\"role\":\"user\",\"content\":[{")
                .replace(")]", "}]}]");

        assertThatExceptionOfType(RequestRefused.class)
                .isThrownBy(() -> question(written))
                .withMessageContaining(sentence);
    }

    @ParameterizedTest
    @CsvSource({
        "0,at least 1",
        "1.5,a whole number",
        "\"5\",a whole number",
        "null,is missing",
        "99999999999,at least 1"
    })
    void needsALimit(String limit, String sentence) {
        String body = "{\"model\":\"sonnet\",\"messages\":[" + HI + "],\"max_tokens\":" + limit + "}";

        assertThatExceptionOfType(RequestRefused.class)
                .isThrownBy(() -> read(body))
                .withMessageStartingWith("max_tokens: ")
                .withMessageContaining(sentence);
    }

    private static CompletionRequest asked(String fields) {
        return question(fields).asked();
    }

    private static Question question(String fields) {
        return read("{\"model\":\"sonnet\",\"max_tokens\":100," + fields + "}");
    }

    private static Question read(String body) {
        return Question.in(
                Question.read(body.getBytes(StandardCharsets.UTF_8), JsonMapper.shared()), Origins.origin("req_a"));
    }
}
