package dev.codewise.agent.run;

import static dev.codewise.agent.run.Requests.assistant;
import static dev.codewise.agent.run.Requests.request;
import static dev.codewise.agent.run.Requests.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.codewise.agent.claude.Prompt.Turn;
import dev.codewise.protocol.ProxyEvent.RunRequest;
import dev.codewise.protocol.RunErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

    private RejectedRequestException rejectionOf(RunRequest request) {
        return catchThrowableOfType(RejectedRequestException.class, () -> prompts.of(request));
    }
}
