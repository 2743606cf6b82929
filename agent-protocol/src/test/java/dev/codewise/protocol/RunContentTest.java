package dev.codewise.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codewise.protocol.ProxyEvent.RunRequest;
import dev.codewise.protocol.RunPart.Image;
import dev.codewise.protocol.RunPart.Text;
import dev.codewise.protocol.RunPart.ToolCall;
import dev.codewise.protocol.RunPart.ToolResult;
import dev.codewise.protocol.RunTurn.Role;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class RunContentTest {

    private static final RunContent PICTURE =
            new RunContent(List.of(new Text("What is this?"), new Image("image/png", "iVBORw0KGgo=")));

    @Test
    void isAPlainStringForWhoeverKnowsNothingElse() {
        var turn = new RunTurn(Role.USER, new RunContent(List.of(new Text("one"), new Text("two"))));

        assertThat(Wire.tree(Wire.write(turn))).isEqualTo(Wire.tree("{\"role\":\"user\",\"content\":\"one\\ntwo\"}"));
    }

    @Test
    void isAListOfPartsWhereThereIsMoreThanText() {
        String json = """
                {"role":"user","content":[{"type":"text","text":"What is this?"},
                 {"type":"image","mediaType":"image/png","data":"iVBORw0KGgo="}]}""";

        assertThat(Wire.tree(Wire.write(new RunTurn(Role.USER, PICTURE)))).isEqualTo(Wire.tree(json));
        assertThat(Wire.read(json, RunTurn.class)).isEqualTo(new RunTurn(Role.USER, PICTURE));
    }

    @Test
    void isOfPartsAlsoInsideOfAResult() {
        var turn = new RunTurn(Role.TOOL, new RunContent(List.of(new ToolResult("toolu_1", PICTURE, null))));

        assertThat(Wire.read(Wire.write(turn), RunTurn.class)).isEqualTo(turn);
    }

    @Test
    void isTextToItsReaderWhicheverWayItCame() {
        var plain = Wire.read("\"Hi\"", RunContent.class);
        var parts = Wire.read("[{\"type\":\"text\",\"text\":\"Hi\"}]", RunContent.class);

        assertThat(plain).isEqualTo(parts);
        assertThat(plain.isText()).isTrue();
        assertThat(plain.text()).isEqualTo("Hi");
        assertThat(PICTURE.isText()).isFalse();
    }

    @Test
    void keepsTheArgumentsOfACallAsTheModelWroteThem() {
        var call = new RunContent(List.of(new ToolCall("toolu_1", "add", "{ \"a\": 1.00, \"b\": \"\\u0000\" }")));

        assertThat(Wire.read(Wire.write(call), RunContent.class)).isEqualTo(call);
    }

    @ParameterizedTest
    @ValueSource(strings = {"audio", "Text", "", "dev.codewise.protocol.RunPart$Text"})
    void isRefusedWithThePartThatNobodyKnows(String type) {
        String json = "{\"role\":\"user\",\"content\":[{\"type\":\"" + type + "\",\"text\":\"x\"}]}";

        assertThatThrownBy(() -> Wire.read(json, RunTurn.class))
                .isInstanceOf(JacksonException.class)
                .hasMessageContaining("'" + type + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "{}", "[\"Hi\"]", "[null]", "{\"type\":\"text\",\"text\":\"Hi\"}"})
    void isRefusedInAnyOtherShape(String content) {
        String json = "{\"role\":\"user\",\"content\":" + content + "}";

        assertThatThrownBy(() -> Wire.read(json, RunTurn.class)).isInstanceOf(JacksonException.class);
    }

    @ParameterizedTest
    @EnumSource
    void sparesAnAgentWhatItWasNotAsked(Role role) {
        var request = new RunRequest("req_a", 1, "sonnet", true, null, List.of(new RunTurn(role, "Hi")), null, 1, 1);

        assertThat(Wire.object(Wire.write(request)).propertyNames())
                .containsExactlyInAnyOrder(
                        "requestId", "attempt", "model", "stream", "messages", "timeoutMs", "maxDurationMs");
        assertThat(Wire.write(RunParameters.NONE)).isEqualTo("{}");
        assertThat(Wire.write(new RunTool("f", null, Map.of()))).isEqualTo("{\"name\":\"f\",\"inputSchema\":{}}");
    }
}
