package dev.codewise.agent.claude;

import static dev.codewise.agent.claude.AskedClaude.blocks;
import static dev.codewise.agent.claude.AskedClaude.roles;
import static dev.codewise.agent.claude.Said.MODEL;
import static dev.codewise.agent.claude.Said.assistant;
import static dev.codewise.agent.claude.Said.call;
import static dev.codewise.agent.claude.Said.result;
import static dev.codewise.agent.claude.Said.text;
import static dev.codewise.agent.claude.Said.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.agent.claude.Prompt.Turn;
import dev.codewise.fixtures.ApiRequest;
import dev.codewise.fixtures.RealClaude;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Everything but words that a turn is made of, as the real Claude Code passes it on. */
@Tag("long")
@RealClaude
class RealClaudePartsIT extends RealClaudeAtAFakeApi {

    private static final String PIXEL =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    private static final Part IMAGE = new Part.Image("image/png", PIXEL);
    private static final Part PDF = new Part.Document("application/pdf", "JVBERi0xLjQKJSVFT0YK");

    @Test
    void passesPicturesAndDocumentsOnInTheirPlaces() {
        asked.ask(user(text("before"), IMAGE, text("between"), PDF), assistant("seen"), user(IMAGE, text("after")));

        var blocks = blocks(request());
        assertThat(blocks)
                .extracting(RealClaudePartsIT::gist)
                .containsSubsequence("before", "image", "between", "document", "seen", "image", "after");
        assertThat(blocks)
                .filteredOn(block -> gist(block).equals("image"))
                .allSatisfy(
                        block -> assertThat(block.at("/source/data").asString()).isEqualTo(PIXEL));
    }

    @Test
    void answersAPictureWithoutAWord() {
        asked.ask(user(IMAGE));

        assertThat(blocks(request())).extracting(RealClaudePartsIT::gist).endsWith("image");
        assertThat(anthropic.requests()).hasSize(1);
    }

    @Test
    void replaysCallsAndTheirResults() {
        asked.ask(
                user("look twice"),
                assistant(text("I will"), call("toolu_1", "{\"at\":[1,{\"deep\":null}]}"), call("toolu_2", "{}")),
                user(result("toolu_1", text("one"), IMAGE), result("toolu_2", text("two"))),
                assistant("seen"),
                user("again"),
                assistant(call("toolu_3", "{}")),
                user(new Part.ToolResult("toolu_3", List.of(text("no such thing")), true), text("and now?")));

        var request = request();
        assertThat(roles(request))
                .containsExactly("user", "assistant", "user", "assistant", "user", "assistant", "user");
        assertThat(blocks(request))
                .extracting(RealClaudePartsIT::gist)
                .containsSubsequence(
                        "look twice",
                        "I will",
                        "call toolu_1 {\"at\":[1,{\"deep\":null}]}",
                        "call toolu_2 {}",
                        "result toolu_1 false one image",
                        "result toolu_2 false two",
                        "seen",
                        "again",
                        "call toolu_3 {}",
                        "result toolu_3 true no such thing",
                        "and now?");
        assertThat(anthropic.requests()).hasSize(1);
    }

    @Test
    void answersResultsWithoutAWord() {
        asked.ask(
                user("look"),
                assistant(call("toolu_1", "{}"), call("toolu_2", "{}")),
                user(result("toolu_1", text("/cost")), result("toolu_2")));

        var request = request();
        assertThat(roles(request)).containsExactly("user", "assistant", "user");
        assertThat(blocks(request))
                .extracting(RealClaudePartsIT::gist)
                .endsWith("call toolu_2 {}", "result toolu_1 false /cost", "result toolu_2 false");
    }

    @Test
    void passesALongResultOnWhole() {
        var words = "word ".repeat(60_000).strip();

        asked.ask(user("look"), assistant(call("toolu_1", "{}")), user(result("toolu_1", text(words))));

        assertThat(gist(last(request()))).isEqualTo("result toolu_1 false " + words);
    }

    @Test
    void keepsTurnsOfOneSideInTheirOrder() {
        asked.ask(user("one"), user("two"), assistant("three"), assistant("four"), user("five"));

        var request = request();
        assertThat(roles(request)).containsExactly("user", "assistant", "user");
        assertThat(request.body().path("messages").toString())
                .containsSubsequence("one", "two", "three", "four", "five");
    }

    @Test
    void takesAConversationThatTheModelBegan() {
        asked.ask(assistant("Welcome"), user("Hi"));

        assertThat(request().body().path("messages").toString()).containsSubsequence("Welcome", "Hi");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/cost", "/clear now", "/model opus"})
    void takesACommandBehindOtherPartsForText(String command) {
        asked.askWarm(Said.prompt(
                user(IMAGE, text(command)),
                assistant(text("no"), text(command), call("toolu_1", "{}")),
                user(result("toolu_1", text(command)), text(command)),
                assistant(command),
                user(text(command), IMAGE, text(command))));

        assertThat(blocks(request()))
                .extracting(RealClaudePartsIT::gist)
                .filteredOn(gist -> gist.endsWith(command))
                .hasSize(7);
        assertThat(anthropic.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "@%s, true",
        "@%s, false",
        "see @%s please, false",
        "'@\"%s\"', true",
        "/cost @%s, true",
        "@~/canary.txt, true",
        "@../../../../../../..%s, false",
        "@file://%s, true",
        "@%s#L1-3, false",
    })
    void readsNoFileThatAnyPartNames(String form, boolean warm) throws IOException {
        var canary = Files.writeString(home.resolve("canary.txt"), "CANARY-7431");
        var text = form.formatted(canary);
        var turns = everywhere(text);
        var prompt = new Prompt(MODEL, text, List.of(turns));

        var unused = warm ? asked.askWarm(prompt) : asked.ask(prompt);

        assertThat(anthropic.requests()).hasSize(1);
        var request = request();
        assertThat(request.text()).doesNotContain("CANARY-7431");
        assertThat(blocks(request))
                .extracting(RealClaudePartsIT::gist)
                .filteredOn(gist -> gist.contains(text))
                .hasSize(6);
        assertThat(request.body().path("system").toString()).contains(text.replace("\"", "\\\""));
    }

    private static Turn[] everywhere(String text) {
        return new Turn[] {
            user(text),
            assistant(text(text), call("toolu_1", "{\"file\":\"canary.txt\"}")),
            user(result("toolu_1", text(text)), text(text)),
            assistant(call("toolu_2", "{}")),
            user(result("toolu_2", text(text), IMAGE), IMAGE, text(text)),
        };
    }

    private ApiRequest request() {
        return anthropic.awaitRequest();
    }

    private static JsonNode last(ApiRequest request) {
        var blocks = blocks(request);
        return blocks.get(blocks.size() - 1);
    }

    /** What matters of a block, in short. */
    private static String gist(JsonNode block) {
        return switch (block.path("type").asString("")) {
            case "text" -> block.path("text").asString("");
            case "tool_use" -> "call " + block.path("id").asString("") + " " + block.path("input");
            case "tool_result" ->
                ("result " + block.path("tool_use_id").asString("") + " "
                                + block.path("is_error").asBoolean(false) + " " + content(block.path("content")))
                        .strip();
            default -> block.path("type").asString("");
        };
    }

    private static String content(JsonNode content) {
        return content.isString()
                ? content.asString()
                : String.join(
                        " ",
                        AskedClaude.nodes(content).map(RealClaudePartsIT::gist).toList());
    }
}
