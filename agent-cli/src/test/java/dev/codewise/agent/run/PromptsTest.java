package dev.codewise.agent.run;

import static dev.codewise.agent.run.Requests.assistant;
import static dev.codewise.agent.run.Requests.request;
import static dev.codewise.agent.run.Requests.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.codewise.agent.claude.Part;
import dev.codewise.agent.claude.Prompt.Speaker;
import dev.codewise.agent.claude.Prompt.Turn;
import dev.codewise.agent.claude.Toolbox;
import dev.codewise.agent.claude.Wishes;
import dev.codewise.agent.claude.Wishes.Effort;
import dev.codewise.protocol.ProxyEvent.RunRequest;
import dev.codewise.protocol.RunContent;
import dev.codewise.protocol.RunEffort;
import dev.codewise.protocol.RunErrorCode;
import dev.codewise.protocol.RunParameters;
import dev.codewise.protocol.RunPart;
import dev.codewise.protocol.RunTool;
import dev.codewise.protocol.RunToolChoice;
import dev.codewise.protocol.RunTurn;
import dev.codewise.protocol.RunTurn.Role;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptsTest {

    private final Prompts prompts = new Prompts(List.of());

    @Test
    void takesTheLastMessageAsTheQuestionAndTheRestAsHistory() {
        var prompt = prompts.of(request("req_1", user("one"), assistant("two"), user(" "), user("three")));

        assertThat(prompt.question()).isEqualTo(Turn.user("three"));
        assertThat(prompt.history()).containsExactly(Turn.user("one"), Turn.assistant("two"));
    }

    @Test
    void refusesAConversationThatDoesNotEndWithTheUser() {
        assertThat(rejectionOf(request("req_1", user("one"), assistant("two"))))
                .hasMessage("the last message must be the user's");
        assertThat(rejectionOf(request("req_1"))).hasMessage("the last message must be the user's");
        assertThat(rejectionOf(request("req_1", user("  ")))).hasMessage("the last message is empty");
    }

    @Test
    void takesAllPartsButBlankText() {
        var result = new RunPart.ToolResult("toolu_1", RunContent.of("gone"), true);
        var call = new RunPart.ToolCall("toolu_1", "look", "");
        var image = new RunPart.Image("image/png", "iVBO");
        var document = new RunPart.Document("application/pdf", "JVBE");

        var prompt = prompts.of(request(
                "req_1",
                turn(Role.USER, new RunPart.Text("see"), image, new RunPart.Text("\n"), document),
                turn(Role.ASSISTANT, call),
                turn(Role.TOOL, result)));

        assertThat(prompt.turns())
                .containsExactly(
                        new Turn(
                                Speaker.USER,
                                List.of(
                                        new Part.Text("see"),
                                        new Part.Image("image/png", "iVBO"),
                                        new Part.Document("application/pdf", "JVBE"))),
                        new Turn(Speaker.ASSISTANT, List.of(new Part.ToolCall("toolu_1", "look", "{}"))),
                        new Turn(
                                Speaker.USER,
                                List.of(new Part.ToolResult("toolu_1", List.of(new Part.Text("gone")), true))));
    }

    @Test
    void takesAQuestionWithoutAWord() {
        var image = new RunPart.Image("image/png", "iVBO");

        var prompt = prompts.of(request("req_1", turn(Role.USER, image, new RunPart.Text(" "))));

        assertThat(prompt.question().parts()).containsExactly(new Part.Image("image/png", "iVBO"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{", "look", "1"})
    void refusesACallWhoseArgumentsAreNoObject(String arguments) {
        var call = new RunPart.ToolCall("toolu_1", "look", arguments);

        assertThat(rejectionOf(request("req_1", turn(Role.ASSISTANT, call), user("Hi"))))
                .hasMessage("the arguments of a tool call are no JSON object");
    }

    @Test
    void takesEverythingThatIsAskedOfTheModel() {
        var parameters = new RunParameters(
                500,
                0.5,
                0.9,
                List.of("END"),
                RunEffort.LOW,
                Map.of("type", "object"),
                List.of(new RunTool("look", "Looks.", Map.of("type", "object"))),
                new RunToolChoice(RunToolChoice.Mode.NAMED, "look"),
                false);

        var prompt = prompts.of(Requests.asking(parameters));

        assertThat(prompt.wishes())
                .isEqualTo(new Wishes(500, 0.5, 0.9, List.of("END"), Effort.LOW, Map.of("type", "object")));
        assertThat(prompt.toolbox())
                .isEqualTo(new Toolbox(
                        List.of(new Toolbox.Tool("look", "Looks.", Map.of("type", "object"))),
                        new Toolbox.Choice(Toolbox.Kind.NAMED, "look"),
                        false));
    }

    @Test
    void leavesWhatIsNotAskedToClaude() {
        var prompt = prompts.of(request("req_1", user("Hi")));

        assertThat(prompt.wishes()).isEqualTo(Wishes.NONE);
        assertThat(prompt.toolbox()).isEqualTo(Toolbox.EMPTY);
    }

    @ParameterizedTest
    @EnumSource(RunEffort.class)
    void knowsEachDegreeOfEffort(RunEffort effort) {
        var parameters = new RunParameters(null, null, null, null, effort, null, null, null, null);

        assertThat(prompts.of(Requests.asking(parameters)).wishes().effort()).hasToString(effort.name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--foo", "../x", "a b", "", "-p", "x\ny"})
    void refusesWhatIsNoNameOfAModel(String model) {
        var rejection = rejectionOf(Requests.ofModel(model));

        assertThat(rejection.error().code()).isEqualTo(RunErrorCode.INVALID_REQUEST);
        assertThat(rejection.error().isFinal()).isTrue();
    }

    @Test
    void refusesAModelOfTenKilobytes() {
        assertThat(rejectionOf(Requests.ofModel("x".repeat(10_000)))).hasMessageContaining("name of a model");
    }

    @Test
    void leavesAModelItDoesNotOfferToOthers() {
        var choosy = new Prompts(List.of("sonnet"));

        var rejection = catchThrowableOfType(RejectedRequestException.class, () -> choosy.of(Requests.ofModel("opus")));

        assertThat(rejection.error().isFinal()).isFalse();
        assertThat(choosy.of(Requests.ofModel("sonnet")).model()).isEqualTo("sonnet");
    }

    @Test
    void takesTheTokenLimit() {
        assertThat(prompts.of(Requests.limited(500)).wishes().maxTokens()).isEqualTo(500);
        assertThat(prompts.of(request("req_1", user("Hi"))).wishes().maxTokens())
                .isNull();
        assertThat(rejectionOf(Requests.limited(0))).hasMessage("maxTokens must be at least 1");
    }

    private static RunTurn turn(Role role, RunPart... parts) {
        return new RunTurn(role, new RunContent(List.of(parts)));
    }

    private RejectedRequestException rejectionOf(RunRequest request) {
        return catchThrowableOfType(RejectedRequestException.class, () -> prompts.of(request));
    }
}
