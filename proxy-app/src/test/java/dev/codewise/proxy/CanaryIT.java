package dev.codewise.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.fixtures.ApiAnswer;
import dev.codewise.fixtures.ClaudeExecutable;
import dev.codewise.fixtures.FakeAnthropic;
import dev.codewise.fixtures.FakeClaude;
import dev.codewise.proxy.database.TestDatabase;
import dev.codewise.proxy.telemetry.OtlpReceiver;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends a value that is found nowhere else through every place for a secret, and words through prompts and answers, with both jars
 * saying all they can; then looks for them wherever they must not be.
 */
@Tag("long")
@EnabledOnOs(OS.LINUX)
class CanaryIT {

    private static final String OPERATOR = "canary-key-of-the-operator";
    private static final String AGENTS = "canary-secret-of-the-agents";
    private static final String ANTHROPIC = "sk-ant-canary-of-the-proxy";
    private static final String DATABASE = "canary-password-of-the-database";
    private static final String COLLECTOR = "canary-of-the-collector";
    private static final String GUESS = "canary-that-somebody-guessed";
    private static final String PROMPT = "canary-prompt";
    private static final String REPLY = "canary-reply";

    private static final Pattern PORT = Pattern.compile("started on port (\\d+)");

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> refusals = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void noneIsFoundWhereItMustNotBe() throws Exception {
        try (var anthropic = FakeAnthropic.start();
                var collector = OtlpReceiver.start();
                var proxy = ProxyProcess.run(folder.resolve("home"), environment(anthropic, collector))) {
            proxy.awaitStart();
            String key = made(proxy.url(), "keys", "{\"name\":\"notebook\",\"owner\":\"ada\"}", "key");
            String token = made(proxy.url(), "agent-tokens", "{\"agentId\":\"laptop\",\"owner\":\"ada\"}", "token");
            String agents = asksAgents(proxy, anthropic, key, token);
            asksTheApi(proxy.url(), anthropic, key);
            asksInVain(proxy.url(), key);
            String meters = get(management(proxy).resolve("/actuator/prometheus"), OPERATOR);

            List<String> secrets =
                    List.of(OPERATOR, AGENTS, ANTHROPIC, DATABASE, COLLECTOR, GUESS, secretOf(key), secretOf(token));
            proxy.terminate();
            proxy.awaitEnd();

            assertThat(proxy.output()).contains("DEBUG").doesNotContain(secrets);
            assertThat(agents).contains("connected").doesNotContain(secrets);
            assertThat(List.of(proxy.output(), agents, meters, collector.text()))
                    .allSatisfy(text -> assertThat(text).doesNotContain(secrets).doesNotContain(PROMPT, REPLY));
            assertThat(collector.text()).contains("gen_ai.client.operation.duration", "chat sonnet");
            assertThat(refusals)
                    .hasSizeGreaterThan(8)
                    .allSatisfy(text -> assertThat(text).doesNotContain(secrets).doesNotContain(PROMPT));
        }
    }

    @Test
    void noneIsHandedToTheEmbeddedDatabase() throws Exception {
        var environment = Map.of("CODEWISE_API_KEY", OPERATOR, "AGENT_SECRET", AGENTS, "ANTHROPIC_API_KEY", ANTHROPIC);
        try (var proxy = ProxyProcess.run(folder.resolve("home"), environment)) {
            proxy.awaitStart();
            List<ProcessHandle> servers = servers();

            assertThat(servers).isNotEmpty();
            assertThat(servers)
                    .allSatisfy(server ->
                            assertThat(told(server)).contains("postgres").doesNotContain(OPERATOR, AGENTS, ANTHROPIC));
        }
    }

    private Map<String, String> environment(FakeAnthropic anthropic, OtlpReceiver collector) {
        var environment = new HashMap<String, String>();
        environment.put("DATABASE_URL", databaseUrl());
        environment.put("CODEWISE_API_KEY", OPERATOR);
        environment.put("AGENT_SECRET", AGENTS);
        environment.put("ANTHROPIC_API_KEY", ANTHROPIC);
        environment.put("ANTHROPIC_BASE_URL", anthropic.baseUrl().toString());
        environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url().toString());
        environment.put("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer%20" + COLLECTOR);
        environment.put("REQUEST_TIMEOUT", "10s");
        environment.put("LOGGING_LEVEL_DEV_CODEWISE", "trace");
        // names both ports
        environment.put("LOGGING_LEVEL_ORG_SPRINGFRAMEWORK_BOOT_REACTOR_NETTY", "info");
        return environment;
    }

    private static String databaseUrl() {
        TestDatabase database = TestDatabase.fresh();
        database.execute("do $$ begin create role canary superuser login password '" + DATABASE
                + "'; exception when duplicate_object then null; end $$");
        return "postgresql://canary:" + DATABASE + "@" + database.host() + ":" + database.port() + "/"
                + database.name();
    }

    /** What is told once of a key or a token. */
    private String made(URI proxy, String what, String wish, String field) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(proxy.resolve("/api/admin/" + what))
                .header("Authorization", "Bearer " + OPERATOR)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(wish))
                .build();
        HttpResponse<String> made =
                await().until(() -> http.send(request, BodyHandlers.ofString()), answer -> answer.statusCode() < 500);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return JsonMapper.shared().readTree(made.body()).path(field).asString();
    }

    /** The part behind its id, which may be seen. */
    private static String secretOf(String text) {
        assertThat(text).matches("cw[ka]_.{40,}");
        return text.substring(text.length() - 20);
    }

    /** One that answers, one whose claude fails, and one whose claude stays silent: meanwhile its processes are looked at. */
    private String asksAgents(ProxyProcess proxy, FakeAnthropic anthropic, String key, String token) throws Exception {
        var said = new StringBuilder();
        try (var agent = agent(proxy, anthropic, token, claude("says").says(REPLY, " and more"))) {
            assertThat(ask(proxy.url(), key, body(PROMPT, true)).join().body()).contains(REPLY);
            assertThat(ask(proxy.url(), key, body(PROMPT, false)).join().body()).contains(REPLY);
            said.append(ended(agent));
        }
        try (var agent = agent(proxy, anthropic, AGENTS, claude("fails").exits(3, "no, " + REPLY))) {
            anthropic.next(ApiAnswer.fails(500, "api_error"));
            refusals.add(ask(proxy.url(), key, body(PROMPT, false)).join().body());
            said.append(ended(agent).replace("no, " + REPLY, "what claude said to its agent alone"));
        }
        try (var agent =
                agent(proxy, anthropic, token, claude("stalls").begins(REPLY).stalls())) {
            CompletableFuture<HttpResponse<String>> silent = ask(proxy.url(), key, body(PROMPT, true));
            await().until(() -> agent.processes().size() > 1);
            assertThat(Stream.concat(
                            agent.processes().stream().skip(1),
                            proxy.processes().stream().skip(1)))
                    .allSatisfy(process -> assertThat(told(process))
                            .doesNotContain(secretOf(token), OPERATOR, ANTHROPIC, DATABASE, PROMPT));
            assertThat(commandLine(agent.processes().get(0))).doesNotContain(secretOf(token), PROMPT);
            assertThat(commandLine(proxy.processes().get(0))).doesNotContain("canary");
            assertThat(silent.join().body()).contains("error");
            said.append(ended(agent));
        }
        return said.toString();
    }

    private FakeClaude claude(String name) throws IOException {
        return FakeClaude.in(Files.createDirectory(folder.resolve(name)));
    }

    /** Its secret is in its environment, from where it could get on. */
    private AgentProcess agent(ProxyProcess proxy, FakeAnthropic anthropic, String secret, FakeClaude claude)
            throws Exception {
        var environment = new HashMap<>(ClaudeExecutable.environment(folder, anthropic.baseUrl()));
        environment.put("AGENT_SECRET", secret);
        var agent = AgentProcess.run(
                environment,
                "--url",
                proxy.url().toString(),
                "--warm",
                "0",
                "--claude",
                claude.executable().toString());
        await().atMost(Duration.ofSeconds(30)).until(() -> agent.connections() == 1);
        return agent;
    }

    private static String ended(AgentProcess agent) throws Exception {
        agent.stop();
        return agent.output();
    }

    private void asksTheApi(URI proxy, FakeAnthropic anthropic, String key) throws Exception {
        await().until(
                        () -> get(proxy.resolve("/api/agent/status"), OPERATOR),
                        status -> status.contains("\"agents\":[]"));
        anthropic.says(REPLY, "!");
        assertThat(ask(proxy, key, body(PROMPT, true)).join().body()).contains(REPLY);
        anthropic.next(ApiAnswer.fails(529, "overloaded_error")).next(ApiAnswer.fails(529, "overloaded_error"));
        refusals.add(ask(proxy, key, body(PROMPT, false)).join().body());
        anthropic.next(ApiAnswer.stalls()).next(ApiAnswer.stalls());
        refusals.add(ask(proxy, key, body(PROMPT, false)).join().body());
    }

    private void asksInVain(URI proxy, String key) {
        List<String> wrong = List.of(
                "{\"model\":\"sonnet\",\"messages\":[{\"role\":\"user\",\"content\":\"" + PROMPT,
                "{\"model\":\"sonnet\",\"messages\":\"" + PROMPT + "\"}",
                "{\"model\":\"gpt-9\",\"messages\":[{\"role\":\"user\",\"content\":\"" + PROMPT + "\"}]}",
                "{\"model\":\"sonnet\",\"n\":3,\"messages\":[{\"role\":\"user\",\"content\":\"" + PROMPT + "\"}]}",
                "{\"model\":\"sonnet\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\","
                        + "\"image_url\":{\"url\":\"data:image/png;base64,$" + PROMPT + "\"}}]}]}");
        wrong.forEach(body -> refusals.add(ask(proxy, key, body).join().body()));
        refusals.add(ask(proxy, GUESS, body(PROMPT, false)).join().body());
        refusals.add(ask(proxy, AGENTS, body(PROMPT, false)).join().body());
    }

    private CompletableFuture<HttpResponse<String>> ask(URI proxy, String key, String body) {
        HttpRequest request = HttpRequest.newBuilder(proxy.resolve("/v1/chat/completions"))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.sendAsync(request, BodyHandlers.ofString());
    }

    private static String body(String prompt, boolean stream) {
        return "{\"model\":\"sonnet\",\"stream\":" + stream + ",\"messages\":[{\"role\":\"user\",\"content\":\""
                + prompt + "\"}]}";
    }

    private String get(URI url, String key) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Authorization", "Bearer " + key)
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    private static URI management(ProxyProcess proxy) {
        return PORT.matcher(proxy.output())
                .results()
                .map(found -> Integer.parseInt(found.group(1)))
                .filter(port -> port != proxy.url().getPort())
                .map(port -> URI.create("http://127.0.0.1:" + port))
                .findFirst()
                .orElseThrow();
    }

    /** The server leaves the process that started it, so that it is found by its folder. */
    private List<ProcessHandle> servers() {
        String binaries = folder.resolve("home/postgres/bin").toString();
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .command()
                        .filter(each -> each.startsWith(binaries))
                        .isPresent())
                .toList();
    }

    /** What a process was told when it was started; nothing of one that has ended meanwhile. */
    private static String told(ProcessHandle process) {
        return commandLine(process) + "\n" + record(process, "environ");
    }

    private static String commandLine(ProcessHandle process) {
        return record(process, "cmdline");
    }

    private static String record(ProcessHandle process, String name) {
        try {
            byte[] record = Files.readAllBytes(Path.of("/proc", String.valueOf(process.pid()), name));
            return Stream.of(new String(record, StandardCharsets.UTF_8).split("\0"))
                    .collect(Collectors.joining(" "));
        } catch (IOException gone) {
            return "";
        }
    }
}
