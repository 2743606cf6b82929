package dev.codewise.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.fixtures.ClaudeExecutable;
import dev.codewise.fixtures.FakeAnthropic;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The proxy's jar at work, with a fake Claude API behind it, and programs that are pointed at it. */
final class Installation implements AutoCloseable {

    static final String KEY = "sk-ant-made-up-of-the-operator";

    private final Path folder;
    private final FakeAnthropic anthropic;
    private final ProxyProcess proxy;

    /** How a program ended, and what it printed. */
    record Ended(int code, String output) {}

    private Installation(Path folder, FakeAnthropic anthropic, Map<String, String> environment) {
        this.folder = folder;
        this.anthropic = anthropic;
        this.proxy = ProxyProcess.runOnServer(folder.resolve("home"), environment);
        proxy.awaitStart();
    }

    /** One that answers from the Claude API when there is no agent. */
    static Installation withKey(Path folder) throws IOException {
        FakeAnthropic anthropic = FakeAnthropic.start();
        String url = anthropic.baseUrl().toString();
        return new Installation(folder, anthropic, Map.of("ANTHROPIC_API_KEY", KEY, "ANTHROPIC_BASE_URL", url));
    }

    /** One that has nobody but its agents. */
    static Installation withoutKey(Path folder) throws IOException {
        return new Installation(folder, FakeAnthropic.start(), Map.of());
    }

    URI url() {
        return proxy.url();
    }

    /** What the proxy has printed. */
    String output() {
        return proxy.output();
    }

    /** The Claude API as it was at the start: nothing asked, nothing to answer. */
    FakeAnthropic freshAnthropic() {
        return anthropic.forget();
    }

    /** Started as the proxy says at its start, with the file that holds the secret. */
    AgentProcess connectAgent() throws Exception {
        var agent = AgentProcess.run(
                folder,
                anthropic.baseUrl(),
                "--url",
                url().toString(),
                "--secret-file",
                folder.resolve("home").resolve("agent-secret").toString(),
                "--agent-id",
                "laptop-1",
                "--claude",
                ClaudeExecutable.path().toString());
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(agents().at("/0/id").asString()).isEqualTo("laptop-1"));
        return agent;
    }

    void awaitNoAgent() {
        await().untilAsserted(() -> assertThat(agents().isEmpty()).isTrue());
    }

    private JsonNode agents() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(url().resolve("/api/agent/status")).build();
        String status = HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body();
        return new JsonMapper().readTree(status).path("agents");
    }

    /** Claude Code with a home of its own, which takes the proxy for the Claude API. */
    Ended claudeCode(String prompt, String... options) throws Exception {
        Path home = Files.createDirectories(folder.resolve("client"));
        var command = new ArrayList<>(List.of(ClaudeExecutable.path().toString(), "-p", prompt, "--model", "sonnet"));
        command.addAll(List.of(options));
        return run(command, home, ClaudeExecutable.environment(home, url()));
    }

    /** What a script with an official SDK says that it saw. */
    JsonNode node(String script, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                "node", NodeClients.FOLDER.resolve(script).toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        Ended ended = run(
                command,
                folder,
                Map.of(
                        "PATH",
                        System.getenv("PATH"),
                        "ANTHROPIC_BASE_URL",
                        url().toString(),
                        "ANTHROPIC_API_KEY",
                        "unused",
                        "OPENAI_BASE_URL",
                        url().resolve("/v1").toString(),
                        "OPENAI_API_KEY",
                        "unused"));
        assertThat(ended.code()).as(ended.output()).isZero();
        return new JsonMapper().readTree(ended.output());
    }

    private static Ended run(List<String> command, Path workingFolder, Map<String, String> environment)
            throws Exception {
        var builder = new ProcessBuilder(command)
                .directory(workingFolder.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), output);
    }

    /** At once; how the proxy stops in order is told elsewhere. */
    @Override
    public void close() throws IOException {
        proxy.kill();
        anthropic.close();
    }
}
