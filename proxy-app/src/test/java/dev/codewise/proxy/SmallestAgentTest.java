package dev.codewise.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.proxy.agent.FakeAgent;
import dev.codewise.proxy.status.ProxyStart;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The agent in the documents, which was written from level 0 of the protocol alone. */
class SmallestAgentTest {

    private static final Path PROGRAM = Path.of("..", "docs", "agent.py");
    private static final String KEY = "a-key-of-the-smallest-agent";

    @TempDir
    private Path folder;

    @Test
    void isNoLongerThanSixtyLines() throws IOException {
        assertThat(Files.readAllLines(PROGRAM)).hasSizeLessThanOrEqualTo(60);
    }

    @Test
    void answersRequests() throws Exception {
        assumeThat(hasPython()).as("python3 is installed").isTrue();
        try (var proxy = ProxyStart.with(Map.of(
                "AGENT_SECRET",
                FakeAgent.SECRET,
                "CODEWISE_API_KEY",
                KEY,
                "LOGGING_LEVEL_DEV_CODEWISE_PROXY",
                "error"))) {
            URI url = URI.create("http://127.0.0.1:" + proxy.port());
            Path output = folder.resolve("agent.log");
            Process agent = start(url, output);
            try {
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> Files.readString(output).contains("connected"));

                assertThat(ask(url, "Say these four words")).isEqualTo("Say these four words");
                assertThat(ask(url, "naïve 漢字 🙂")).isEqualTo("naïve 漢字 🙂");
            } finally {
                agent.destroyForcibly().onExit().join();
            }
        }
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "-c", "import urllib.request")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static Process start(URI url, Path output) throws IOException {
        var builder = new ProcessBuilder("python3", PROGRAM.toString(), url.toString(), "smallest");
        builder.environment().put("AGENT_SECRET", FakeAgent.SECRET);
        return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }

    private static String ask(URI url, String text) throws Exception {
        var json = new JsonMapper();
        var question = json.createObjectNode().put("model", "sonnet");
        question.putArray("messages").addObject().put("role", "user").put("content", text);
        var request = HttpRequest.newBuilder(url.resolve("/v1/chat/completions"))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + KEY)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(question.toString()))
                .build();
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        return json.readTree(answer.body()).at("/choices/0/message/content").asString();
    }
}
