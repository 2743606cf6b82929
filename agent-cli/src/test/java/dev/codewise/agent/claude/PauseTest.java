package dev.codewise.agent.claude;

import static dev.codewise.agent.claude.Said.assistant;
import static dev.codewise.agent.claude.Said.result;
import static dev.codewise.agent.claude.Said.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.agent.claude.Part.ToolCall;
import dev.codewise.agent.claude.Prompt.Turn;
import dev.codewise.agent.claude.Toolbox.Choice;
import dev.codewise.agent.claude.Toolbox.Kind;
import dev.codewise.agent.claude.Toolbox.Tool;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PauseTest {

    private static final Toolbox TOOLS =
            new Toolbox(List.of(new Tool("look", "Looks.", Map.of("type", "object"))), Choice.AUTO, true);
    private static final Turn QUESTION = Said.user("Hi");
    private static final ToolCall FIRST = new ToolCall("toolu_1", "look", "{\"at\":1,\"on\":\"a\"}");
    private static final ToolCall SECOND = new ToolCall("toolu_2", "look", "{}");
    private static final Turn CALLS = assistant(text("Let me look."), FIRST, SECOND);
    private static final Turn RESULTS = Said.user(result("toolu_1", text("blue")), result("toolu_2", text("red")));

    private static final Pause PAUSE =
            new Pause(prompt(QUESTION), new SaidTurn("Let me look.", List.of(FIRST, SECOND)));

    @Test
    void endsWithTheResultsOfTheCalls() {
        var next = prompt(QUESTION, CALLS, RESULTS);

        assertThat(PAUSE.isEndedBy(next)).isTrue();
        assertThat(PAUSE.results(next)).extracting(Part.ToolResult::callId).containsExactly("toolu_1", "toolu_2");
    }

    static Stream<Prompt> endsToo() {
        var rewritten = new ToolCall("toolu_1", "look", "{ \"on\" : \"a\", \"at\" : 1 }");
        var image = new Part.Image("image/png", "iVBORw0KGgo=");
        return Stream.of(
                prompt(QUESTION, assistant(text("Let me look.\n"), rewritten, SECOND), RESULTS),
                prompt(QUESTION, assistant(text("Let me"), text(" look."), FIRST, SECOND), RESULTS),
                prompt(QUESTION, CALLS, Said.user(result("toolu_2", text("red")), result("toolu_1", text("blue")))),
                prompt(
                        QUESTION,
                        CALLS,
                        Said.user(result("toolu_1", text("blue"))),
                        Said.user(result("toolu_2", image))),
                prompt(QUESTION, CALLS, Said.user(result("toolu_1"), new Part.ToolResult("toolu_2", List.of(), true))));
    }

    @ParameterizedTest
    @MethodSource("endsToo")
    void endsWhereverTheSameIsSaidInOtherForm(Prompt next) {
        assertThat(PAUSE.isEndedBy(next)).isTrue();
    }

    static Stream<Prompt> differs() {
        var turns = List.of(QUESTION, CALLS, RESULTS);
        var other = new ToolCall("toolu_1", "look", "{\"at\":2,\"on\":\"a\"}");
        var document = new Part.Document("application/pdf", "JVBERi0=");
        var large = "x".repeat(500_000);
        return Stream.of(
                prompt(QUESTION),
                prompt(Said.user("Ho"), CALLS, RESULTS),
                prompt(Said.user(text("Hi"), text("Ho")), CALLS, RESULTS),
                prompt(Said.user("one"), assistant("1"), QUESTION, CALLS, RESULTS),
                prompt(QUESTION, assistant(text("Let me see."), FIRST, SECOND), RESULTS),
                prompt(QUESTION, assistant(FIRST, SECOND), RESULTS),
                prompt(QUESTION, assistant(text("Let me look."), SECOND, FIRST), RESULTS),
                prompt(QUESTION, assistant(text("Let me look."), other, SECOND), RESULTS),
                prompt(QUESTION, assistant(text("Let me look."), FIRST), RESULTS),
                prompt(QUESTION, CALLS, Said.user(result("toolu_1", text("blue")))),
                prompt(QUESTION, CALLS, Said.user(result("toolu_1", text("blue")), result("toolu_1", text("red")))),
                prompt(QUESTION, CALLS, Said.user(result("toolu_1", text("blue")), result("toolu_3", text("red")))),
                prompt(QUESTION, CALLS, RESULTS, Said.user("and now?")),
                prompt(
                        QUESTION,
                        CALLS,
                        Said.user(result("toolu_1", text("blue")), result("toolu_2", text("red")), text("!"))),
                prompt(QUESTION, CALLS, Said.user(result("toolu_1", text("blue")), result("toolu_2", document))),
                prompt(QUESTION, CALLS, Said.user(result("toolu_1", text("blue")), result("toolu_2", text(large)))),
                prompt(QUESTION, CALLS, RESULTS, assistant("Blue."), Said.user("Sure?")),
                new Prompt("opus", "Be brief.", turns, TOOLS, Wishes.NONE),
                new Prompt(Said.MODEL, null, turns, TOOLS, Wishes.NONE),
                new Prompt(Said.MODEL, "Be brief.", turns, Toolbox.EMPTY, Wishes.NONE),
                new Prompt(Said.MODEL, "Be brief.", turns, chosen(Kind.NONE), Wishes.NONE),
                new Prompt(Said.MODEL, "Be brief.", turns, TOOLS, Wishes.ofMaxTokens(5)));
    }

    @ParameterizedTest
    @MethodSource("differs")
    void goesOnWhereAnythingElseIsSaid(Prompt next) {
        assertThat(PAUSE.isEndedBy(next)).isFalse();
    }

    private static Toolbox chosen(Kind kind) {
        return new Toolbox(TOOLS.tools(), new Choice(kind, null), true);
    }

    private static Prompt prompt(Turn... turns) {
        return new Prompt(Said.MODEL, "Be brief.", List.of(turns), TOOLS, Wishes.NONE);
    }
}
