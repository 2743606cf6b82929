package dev.codewise.proxy.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.proxy.completion.CompletionRequest;
import dev.codewise.proxy.completion.Part;
import dev.codewise.proxy.completion.ScriptedProvider;
import dev.codewise.proxy.images.FakeImageHost;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** An image that a request only names, in each of the three formats. */
@OpenAiSlice
class ImagesByAddressTest {

    private static final String CHAT = """
            {"model":"sonnet","messages":[{"role":"user","content":[
              {"type":"text","text":"What is it?"},{"type":"image_url","image_url":{"url":"%s"}}]}]}""";
    private static final String RESPONSE = """
            {"model":"sonnet","store":false,"input":[{"role":"user","content":[
              {"type":"input_text","text":"What is it?"},{"type":"input_image","image_url":"%s"}]}]}""";
    private static final String MESSAGE = """
            {"model":"sonnet","max_tokens":9,"messages":[{"role":"user","content":[
              {"type":"text","text":"What is it?"},{"type":"image","source":{"type":"url","url":"%s"}}]}]}""";

    private static final String RESULT = """
            {"model":"sonnet","store":false,"input":[
              {"type":"function_call","call_id":"a","name":"view_image","arguments":"{}"},
              {"type":"function_call_output","call_id":"a","output":[{"type":"input_image","image_url":"%s"}]}]}""";

    private static final FakeImageHost HOST = started();

    @LocalServerPort
    private int port;

    @Autowired
    private ScriptedProvider provider;

    private static FakeImageHost started() {
        try {
            return FakeImageHost.start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @DynamicPropertySource
    static void allowTheHost(DynamicPropertyRegistry properties) {
        properties.add("codewise.images.host-list", () -> "http://" + HOST.authority());
    }

    @BeforeEach
    void answer() {
        provider.says("A dot.");
    }

    @AfterAll
    static void close() {
        HOST.close();
    }

    @Test
    void isFetchedForAChat() throws Exception {
        ask("/v1/chat/completions", CHAT, "http://" + HOST.authority() + "/a.png");

        assertThat(provider.lastRequest()).satisfies(ImagesByAddressTest::bringsTheImage);
    }

    @Test
    void isFetchedForAResponse() throws Exception {
        ask("/v1/responses", RESPONSE, "http://" + HOST.authority() + "/a.png");

        assertThat(provider.lastRequest()).satisfies(ImagesByAddressTest::bringsTheImage);
    }

    @Test
    void isFetchedForAMessage() throws Exception {
        ask("/v1/messages", MESSAGE, "http://" + HOST.authority() + "/a.png");

        assertThat(provider.lastRequest()).satisfies(ImagesByAddressTest::bringsTheImage);
    }

    @Test
    void isNotFetchedAgainForARequestThatIsSentAgain() throws Exception {
        int before = HOST.asked();

        askUnderAKey("http://" + HOST.authority() + "/a.png");
        askUnderAKey("http://" + HOST.authority() + "/a.png");

        assertThat(HOST.asked()).isEqualTo(before + 1);
        assertThat(provider.asked()).isEqualTo(1);
        assertThat(provider.lastRequest()).satisfies(ImagesByAddressTest::bringsTheImage);
        assertThat(askUnderAKey("http://" + HOST.authority() + "/b.png").statusCode())
                .isEqualTo(409);
    }

    @Test
    void isNotFetchedForARequestThatIsRefused() throws Exception {
        int before = HOST.asked();
        String url = "http://" + HOST.authority() + "/a.png";

        var response = post("/v1/chat/completions", CHAT.formatted(url).replace("\"user\"", "\"nobody\""));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(HOST.asked()).isEqualTo(before);
    }

    /** As Codex shows what it has looked at. */
    @Test
    void isNotNeededWhereAToolReturnsTheImageItself() throws Exception {
        ask("/v1/responses", RESULT, "data:image/png;base64,aGVsbG8=");

        assertThat(provider.lastRequest().turns().get(1).parts())
                .containsExactly(new Part.ToolResult("a", List.of(new Part.Image("image/png", "aGVsbG8=")), false));
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, messages[0].content[1].image_url.url",
        "/v1/responses, input[0].content[1].image_url",
        "/v1/messages, messages.0.content.1.source.url"
    })
    void isRefusedByTheFieldWhereItsHostIsNotAllowed(String path, String field) throws Exception {
        String body = path.endsWith("responses") ? RESPONSE : path.endsWith("messages") ? MESSAGE : CHAT;

        HttpResponse<String> response = new Wire(port)
                .post(
                        path,
                        body.formatted("https://evil.example/a.png?k=confidential"),
                        "content-type",
                        "application/json");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains(field + " is an address").doesNotContain("confidential");
    }

    private HttpResponse<String> askUnderAKey(String url) throws Exception {
        return post("/v1/chat/completions", CHAT.formatted(url), ChatAnswers.KEY, "with an image");
    }

    private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        String[] all = Stream.concat(Stream.of("content-type", "application/json"), Stream.of(headers))
                .toArray(String[]::new);
        return new Wire(port).post(path, body, all);
    }

    private void ask(String path, String body, String url) throws Exception {
        HttpResponse<String> response = post(path, body.formatted(url));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    private static void bringsTheImage(CompletionRequest request) {
        assertThat(request.turns().get(0).parts())
                .containsExactly(
                        new Part.Text("What is it?"),
                        new Part.Image("image/png", Base64.getEncoder().encodeToString(FakeImageHost.PNG)));
    }
}
