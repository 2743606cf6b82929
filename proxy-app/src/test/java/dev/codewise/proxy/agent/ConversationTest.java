package dev.codewise.proxy.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.completion.CompletionEvent;
import dev.codewise.proxy.completion.CompletionEvent.Text;
import dev.codewise.proxy.completion.CompletionEvent.Thinking;
import dev.codewise.proxy.completion.CompletionEvent.ToolCallPiece;
import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.Origins;
import dev.codewise.proxy.completion.Part;
import dev.codewise.proxy.completion.Turn;
import dev.codewise.proxy.completion.Turn.Role;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversationTest {

    private static final Turn HI = Turn.user("Hi");
    private static final Turn MORE = Turn.user("And then?");

    private final Conversations conversations = new Conversations();

    @Test
    void beginsWhereNothingWasAnsweredYet() {
        answered(request(HI), "a", new Text("Hello"));

        assertThat(conversations.agentOf(conversations.of(request(HI)))).isEmpty();
    }

    @Test
    void isKnownAgainByWhatItsClientSendsBack() {
        answered(request(HI), "a", new Text("Hel"), new Text("lo"));

        assertThat(conversations.agentOf(conversations.of(request(HI, Turn.assistant("Hello"), MORE))))
                .contains("a");
    }

    @Test
    void isNotKnownAgainInTheMouthOfAnotherOwner() {
        answered(request(HI), "a", new Text("Hello"));
        List<Turn> said = List.of(HI, Turn.assistant("Hello"), MORE);

        var same = new CompletionRequest(Origins.origin("req-2"), "sonnet", "Be brief.", said);
        var others = new CompletionRequest(Origins.originOf("bob", "req-3"), "sonnet", "Be brief.", said);

        assertThat(conversations.agentOf(conversations.of(same))).contains("a");
        assertThat(conversations.agentOf(conversations.of(others))).isEmpty();
    }

    @Test
    void isKnownAgainHoweverLongItGrows() {
        answered(request(HI), "a", new Text("Hello"));
        answered(request(HI, Turn.assistant("Hello"), MORE), "b", new Text("Bye"));

        var third = request(HI, Turn.assistant("Hello"), MORE, Turn.assistant("Bye"), Turn.user("Wait!"));

        assertThat(conversations.agentOf(conversations.of(third))).contains("b");
    }

    /** Clients trim what they show, drop what the model thought, and cut it into other pieces. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"Hello there", "' Hello there\n'", "'Hello  there'"})
    void isKnownAgainWithoutItsWhiteSpaceAndItsThinking(String sentBack) {
        answered(request(HI), "a", new Thinking("A greeting."), new Text("\n\nHello "), new Text("there\n"));

        assertThat(conversations.agentOf(conversations.of(request(HI, Turn.assistant(sentBack), MORE))))
                .contains("a");
    }

    @Test
    void isKnownAgainByTheCallsOfItsTools() {
        answered(
                request(HI),
                "a",
                new Text("Let me see."),
                new ToolCallPiece(0, "call_1", "weather", "{\"city\":"),
                new ToolCallPiece(0, null, null, "\"Rome\"}"));
        var call = new Turn(
                Role.ASSISTANT,
                List.of(
                        new Part.Text("Let me see."),
                        new Part.ToolCall("call_1", "weather", "{ \"city\": \"Rome\" }")));
        var result =
                new Turn(Role.USER, List.of(new Part.ToolResult("call_1", List.of(new Part.Text("Sunny.")), false)));

        assertThat(conversations.agentOf(conversations.of(request(HI, call, result))))
                .contains("a");
    }

    @ParameterizedTest
    @CsvSource({
        "sonnet, Be brief., Hi, Hullo",
        "sonnet, Be brief., Ho, Hello",
        "sonnet, Be long., Hi, Hello",
        "opus, Be brief., Hi, Hello"
    })
    void isAnotherOneWhereAnythingElseWasSaid(String model, String system, String question, String answer) {
        answered(request(HI), "a", new Text("Hello"));

        var other = new CompletionRequest(
                Origins.origin("req-2"), model, system, List.of(Turn.user(question), Turn.assistant(answer), MORE));

        assertThat(conversations.agentOf(conversations.of(other))).isEmpty();
    }

    @Test
    void isUnknownToAnotherStartOfTheProxy() {
        var question = request(HI, Turn.assistant("Hello"), MORE);

        assertThat(conversations.of(question).continued())
                .isNotEqualTo(new Conversations().of(question).continued());
    }

    @Test
    void isForgottenWhenTooManyOthersWereSpokenOfSince() {
        answered(request(HI), "first", new Text("Hello"));
        answered(request(HI), "second", new Text("Hullo"));
        IntStream.range(0, Conversations.REMEMBERED - 1).forEach(this::someConversation);

        assertThat(conversations.agentOf(conversations.of(request(HI, Turn.assistant("Hello"), MORE))))
                .isEmpty();
        assertThat(conversations.agentOf(conversations.of(request(HI, Turn.assistant("Hullo"), MORE))))
                .contains("second");
        assertThat(conversations.remembered()).isEqualTo(Conversations.REMEMBERED);
    }

    private void someConversation(int number) {
        answered(request(HI), "a", new Text("Answer " + number));
    }

    private void answered(CompletionRequest request, String agent, CompletionEvent... answer) {
        Conversation conversation = conversations.of(request);
        List.of(answer).forEach(conversation::says);
        conversations.answered(conversation, agent);
    }

    private static CompletionRequest request(Turn... turns) {
        return new CompletionRequest(Origins.origin("req-1"), "sonnet", "Be brief.", List.of(turns));
    }
}
