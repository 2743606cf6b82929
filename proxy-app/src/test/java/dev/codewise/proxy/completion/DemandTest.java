package dev.codewise.proxy.completion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class DemandTest {

    private static final int LARGEST_PICTURE_IN_TOKENS = 3_201;

    @Test
    void isHalfATokenForEachByteOfEveryWord() {
        var call = new Part.ToolCall("call_1", "look", "{}");
        var result = new Part.ToolResult("call_1", List.of(new Part.Text("four")), false);
        var turns = List.of(Turn.user("four"), assistant(call), new Turn(Turn.Role.USER, List.of(result)));

        var demand = Demand.of(new CompletionRequest(Origins.origin("req_a"), "sonnet", "four", turns));

        assertThat(demand).isEqualTo(new Demand((4 + 4 + 4 + 2 + 4) / 2 + 1, null));
    }

    @Test
    void countsLettersOfOtherScriptsAsWhatTheyTake() {
        assertThat(inputOf(new Part.Text("é"))).isEqualTo(2 / 2 + 1);
        assertThat(inputOf(new Part.Text("日本"))).isEqualTo(6 / 2 + 1);
    }

    @Test
    void takesEveryPictureForALargeOne() {
        assertThat(inputOf(new Part.Image("image/png", "AAAA"))).isEqualTo(LARGEST_PICTURE_IN_TOKENS);
    }

    @Test
    void countsDocumentsAsTheyCome() {
        assertThat(inputOf(new Part.Document("application/pdf", "AAAAAAAA"))).isEqualTo(8 / 2 + 1);
    }

    @Test
    void knowsTheLimitAndTheTools() {
        var tool = new Toolbox.Tool("look", "here", JsonMapper.shared().createObjectNode());
        var asked = new CompletionRequest(Origins.origin("req_a"), "sonnet", null, List.of())
                .with(new Toolbox(List.of(tool), Toolbox.Choice.AUTO, true))
                .with(Wishes.ofMaxTokens(64));

        assertThat(Demand.of(asked)).isEqualTo(new Demand((4 + 4 + 2) / 2 + 1, 64));
    }

    private static Turn assistant(Part part) {
        return new Turn(Turn.Role.ASSISTANT, List.of(part));
    }

    private static long inputOf(Part part) {
        var turns = List.of(new Turn(Turn.Role.USER, List.of(part)));
        return Demand.of(new CompletionRequest(Origins.origin("req_a"), "sonnet", null, turns))
                .inputTokens();
    }
}
