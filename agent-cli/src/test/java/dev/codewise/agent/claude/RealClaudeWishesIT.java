package dev.codewise.agent.claude;

import static dev.codewise.agent.claude.Said.assistant;
import static dev.codewise.agent.claude.Said.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.codewise.agent.claude.ClaudeException.Kind;
import dev.codewise.agent.claude.Wishes.Effort;
import dev.codewise.fixtures.ApiAnswer;
import dev.codewise.fixtures.RealClaude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What becomes of the client's wishes in the calls that the real Claude Code makes. */
@Tag("long")
@RealClaude
class RealClaudeWishesIT extends RealClaudeAtAFakeApi {

    private static final List<String> NO_STOPS = List.of();
    private static final Map<String, Object> SCHEMA = Map.of(
            "$schema",
            "https://json-schema.org/draft/2020-12/schema",
            "type",
            "object",
            "properties",
            Map.of("name", Map.of("type", "string", "format", "name")),
            "required",
            List.of("name"));

    @Test
    void samplesAsWishedAndDoesNotThink() {
        var body = bodyOf("haiku", new Wishes(400, 0.2, 0.9, List.of("END", "STOP"), null, null));

        assertThat(body.path("temperature").asDouble()).isEqualTo(0.2);
        assertThat(body.has("top_p")).isFalse();
        assertThat(body.path("stop_sequences")).hasToString("[\"END\",\"STOP\"]");
        assertThat(body.path("max_tokens").asInt()).isEqualTo(400);
        assertThat(body.at("/thinking/type").asString()).isEqualTo("disabled");
    }

    @Test
    void asksNoModelForATemperatureThatRefusesIt() {
        var body = bodyOf("sonnet", new Wishes(null, 0.2, 0.9, NO_STOPS, null, null));

        assertThat(body.has("temperature")).isFalse();
        assertThat(body.has("top_p")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "sonnet, NONE, low, disabled",
        "sonnet, LOW, low, adaptive",
        "opus, HIGH, high, adaptive",
        "sonnet, MAX, max, adaptive",
        "fable, NONE, low,",
    })
    void triesAsHardAsWished(String model, Effort effort, String level, @Nullable String thinking) {
        var body = bodyOf(model, new Wishes(null, null, null, NO_STOPS, effort, null));

        assertThat(body.at("/output_config/effort").asString()).isEqualTo(level);
        assertThat(body.at("/thinking/type").asString(null)).isEqualTo(thinking);
        assertThat(body.at("/thinking/display").asString(""))
                .isEqualTo("adaptive".equals(thinking) ? "summarized" : "");
    }

    @Test
    void tellsThoughtsApartFromWords() {
        anthropic.next(ApiAnswer.says("Hello").thinks("Let me", " see"));

        asked.ask(user("Hi"));

        assertThat(asked.told().thoughts()).isEqualTo("Let me see");
        assertThat(asked.told().text()).isEqualTo("Hello");
    }

    @ParameterizedTest
    @CsvSource({"LOW, , 2048", "HIGH, 6000, 3000", ", 6000, 3000"})
    void thinksWithinABudgetWhereTheModelHasOne(@Nullable Effort effort, @Nullable Integer limit, int budget) {
        var body = bodyOf("haiku", new Wishes(limit, null, null, NO_STOPS, effort, null));

        assertThat(body.at("/thinking/budget_tokens").asInt()).isEqualTo(budget);
    }

    @Test
    void heedsTheSameWishesAfterWaiting() {
        var wishes = new Wishes(400, 0.2, null, List.of("END"), Effort.NONE, null);

        asked.askWarm(
                new Prompt("haiku", null, List.of(user("one"), assistant("1"), user("two")), Toolbox.EMPTY, wishes));

        var body = anthropic.awaitRequest().body();
        assertThat(body.path("temperature").asDouble()).isEqualTo(0.2);
        assertThat(body.path("stop_sequences")).hasToString("[\"END\"]");
        assertThat(body.path("max_tokens").asInt()).isEqualTo(400);
        assertThat(body.at("/thinking/type").asString()).isEqualTo("disabled");
    }

    @Test
    void tellsThatAStopSequenceEndedTheAnswer() {
        anthropic.next(ApiAnswer.says("Hel", "lo").stopsAt("END"));

        var answer = asked.ask(user("Hi"));

        assertThat(answer.ending()).isEqualTo(Answer.Ending.COMPLETE);
        assertThat(answer.stopSequence()).isEqualTo("END");
        assertThat(asked.told().text()).isEqualTo("Hello");
    }

    @Test
    void givesAValueAfterTheSchemaAndNoWords() {
        anthropic.next(ApiAnswer.says("It is ", "Ann.")
                .thenCallsTool("toolu_1", "StructuredOutput", "{\"name\":", "\"Ann\"}"));

        asked.ask(new Prompt(
                "sonnet", "Be brief.", List.of(user("a"), assistant("b"), user("Who?")), Toolbox.EMPTY, of(SCHEMA)));

        assertThat(asked.told().text()).isEqualTo("{\"name\":\"Ann\"}");
        var tool = anthropic.awaitRequest().body().path("tools").path(0);
        assertThat(tool.at("/input_schema/properties/name/type").asString()).isEqualTo("string");
        assertThat(anthropic.requests()).hasSize(1);
    }

    @Test
    void givesTheValueThatIsRightAfterOneThatIsWrong() {
        anthropic.next(ApiAnswer.callsTool("toolu_1", "StructuredOutput", "{\"name\":1}"));
        anthropic.next(ApiAnswer.callsTool("toolu_2", "StructuredOutput", "{\"name\":\"Ann\"}"));

        asked.askWarm(new Prompt("sonnet", null, List.of(user("Who?")), Toolbox.EMPTY, of(SCHEMA)));

        assertThat(asked.told().text()).isEqualTo("{\"name\":\"Ann\"}");
    }

    @Test
    void failsWhereTheModelWillNotHeedTheSchema() {
        anthropic.says("It is ", "Ann.");
        var prompt = new Prompt("sonnet", null, List.of(user("Who?")), Toolbox.EMPTY, of(SCHEMA));

        var failure = catchThrowableOfType(ClaudeException.class, () -> asked.ask(prompt));

        assertThat(failure.kind()).isEqualTo(Kind.API_FAILED);
        assertThat(asked.told().text()).isEmpty();
    }

    @Test
    void saysThatASchemaCannotBeTaken() {
        var prompt = new Prompt("sonnet", null, List.of(user("Who?")), Toolbox.EMPTY, of(Map.of("type", "nonsense")));

        var failure = catchThrowableOfType(ClaudeException.class, () -> asked.ask(prompt));

        assertThat(failure.kind()).isEqualTo(Kind.INVALID_REQUEST);
    }

    private static Wishes of(Map<String, Object> schema) {
        return new Wishes(null, null, null, NO_STOPS, null, schema);
    }

    private JsonNode bodyOf(String model, Wishes wishes) {
        asked.ask(new Prompt(model, null, List.of(user("Hi")), Toolbox.EMPTY, wishes));
        return anthropic.awaitRequest().body();
    }
}
