package dev.codewise.proxy.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.fixtures.ApiAnswer;
import dev.codewise.fixtures.FakeAnthropic;
import dev.codewise.proxy.agent.FakeAgent;
import dev.codewise.proxy.database.TestDatabase;
import dev.codewise.proxy.status.ProxyStart;
import dev.codewise.proxy.telemetry.PromQl.Selector;
import java.io.File;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Loads the dashboard and the alert rules, and looks for what they ask for in what a proxy tells after it has worked. */
@TestInstance(Lifecycle.PER_CLASS)
class DashboardTest {

    private static final Path DASHBOARD = Path.of("../deploy/grafana/codewise.json");
    private static final Path RULES = Path.of("../deploy/prometheus/codewise.rules.yml");
    private static final String KEY = "a-key-for-the-clients";

    /** What Prometheus adds to whatever it scrapes. */
    private static final Set<String> OF_PROMETHEUS = Set.of("job", "instance");

    private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)(?:\\{(.*)})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

    private final HttpClient http = HttpClient.newHttpClient();

    /** Each meter with the labels it has anywhere. */
    private final Map<String, Set<String>> told = new HashMap<>(Map.of("up", Set.of()));

    @BeforeAll
    void letAProxyWorkAndAskItsMeters() throws Exception {
        try (var anthropic = FakeAnthropic.start();
                var proxy = ProxyStart.with(Map.of(
                        "DATABASE_URL",
                        TestDatabase.fresh().url(),
                        "CODEWISE_API_KEY",
                        KEY,
                        "AGENT_SECRET",
                        FakeAgent.SECRET,
                        "ANTHROPIC_API_KEY",
                        "made-up-for-a-test",
                        "ANTHROPIC_BASE_URL",
                        anthropic.baseUrl().toString()))) {
            URI url = URI.create("http://127.0.0.1:" + proxy.port());
            anthropic.next(ApiAnswer.says("Hel", "lo"));
            assertThat(ask(url, KEY, "sonnet").join().statusCode()).isEqualTo(200);
            assertThat(ask(url, KEY, "gpt-9").join().statusCode()).isEqualTo(404);
            assertThat(ask(url, "a-wrong-key", "sonnet").join().statusCode()).isEqualTo(401);
            askAnAgent(url);
            URI meters = URI.create("http://127.0.0.1:" + proxy.managementPort() + "/actuator/prometheus");
            await().until(() -> get(meters), scraped -> scraped.contains("provider=\"agent\""));
            read(get(meters));
        }
    }

    private void askAnAgent(URI url) throws Exception {
        try (var agent = FakeAgent.named("laptop-1").connectTo(url)) {
            CompletableFuture<HttpResponse<String>> answer = ask(url, KEY, "sonnet");
            var run = agent.takes();
            run.says("Hello");
            run.finishes();
            assertThat(answer.join().statusCode()).isEqualTo(200);
        }
    }

    private CompletableFuture<HttpResponse<String>> ask(URI url, String key, String model) {
        HttpRequest request = HttpRequest.newBuilder(url.resolve("/v1/chat/completions"))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"model\":\"" + model
                        + "\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"))
                .build();
        return http.sendAsync(request, BodyHandlers.ofString());
    }

    private String get(URI url) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString())
                .body();
    }

    private void read(String scraped) {
        SAMPLE.matcher(scraped).results().forEach(sample -> {
            Set<String> labels = told.computeIfAbsent(sample.group(1), meter -> new TreeSet<>());
            LABEL.matcher(Optional.ofNullable(sample.group(2)).orElse(""))
                    .results()
                    .forEach(label -> labels.add(label.group(1)));
        });
    }

    @Test
    void showsOnlyWhatAProxyTells() throws IOException {
        List<String> expressions = expressionsOfTheDashboard();

        assertThat(expressions).hasSizeGreaterThan(25).allSatisfy(this::asksForWhatIsTold);
    }

    @Test
    void hasAPlaceAndASourceForEachOfItsPanels() throws IOException {
        JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(DASHBOARD));

        assertThat(dashboard.get("uid").asString()).isEqualTo("codewise");
        assertThat(dashboard
                        .get("panels")
                        .valueStream()
                        .map(panel -> panel.get("id").asInt()))
                .doesNotHaveDuplicates();
        assertThat(dashboard
                        .get("panels")
                        .valueStream()
                        .map(panel -> panel.get("gridPos").toString()))
                .doesNotHaveDuplicates();
        assertThat(dashboard.findValues("datasource").stream()
                        .map(source -> source.path("uid").asString()))
                .containsOnly("${datasource}");
    }

    @Test
    void warnsOnlyByWhatAProxyTells() throws IOException {
        assertThat(rules()).hasSizeGreaterThan(10).allSatisfy(rule -> {
            asksForWhatIsTold(rule.path("expr").asString());
            assertThat(rule.at("/labels/severity").asString()).isIn("page", "ticket");
            assertThat(rule.path("annotations").propertyNames()).containsExactly("summary", "description");
        });
    }

    @Test
    void warnsOfNothingThatTheDocumentDoesNotExplain() throws IOException {
        String document = Files.readString(Path.of("../docs/operations.md"));

        assertThat(rules())
                .allSatisfy(rule ->
                        assertThat(document).contains("| `" + rule.path("alert").asString() + "` |"));
    }

    /** With Prometheus' own tool too, where there is one: on the PATH, or named in CODEWISE_TEST_PROMTOOL. */
    @Test
    void passesPrometheusOwnCheck() throws Exception {
        Optional<Path> promtool = promtool();
        assumeThat(promtool).isPresent();

        Process check = new ProcessBuilder(promtool.orElseThrow().toString(), "check", "rules", RULES.toString())
                .redirectErrorStream(true)
                .start();

        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(check.waitFor()).as(said).isZero();
    }

    private static Optional<Path> promtool() {
        Stream<Path> named =
                Stream.ofNullable(System.getenv("CODEWISE_TEST_PROMTOOL")).map(Path::of);
        Stream<Path> found = Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getenv().getOrDefault("PATH", ""))
                .map(folder -> Path.of(folder, "promtool"));
        return Stream.concat(named, found).filter(Files::isExecutable).findFirst();
    }

    private void asksForWhatIsTold(String expression) {
        PromQl query = PromQl.of(expression.replace("$__rate_interval", "5m"));
        Set<String> labels = new TreeSet<>(OF_PROMETHEUS);
        assertThat(query.selectors()).as(expression).isNotEmpty().allSatisfy(selector -> {
            assertThat(told).containsKey(selector.meter());
            assertThat(labelsOf(selector)).as(selector.meter()).containsAll(selector.labels());
            labels.addAll(labelsOf(selector));
        });
        assertThat(labels).as(expression).containsAll(query.grouping());
    }

    private Set<String> labelsOf(Selector selector) {
        Set<String> labels = new TreeSet<>(OF_PROMETHEUS);
        labels.addAll(told.getOrDefault(selector.meter(), Set.of()));
        return labels;
    }

    private static List<String> expressionsOfTheDashboard() throws IOException {
        return JsonMapper.shared().readTree(Files.readString(DASHBOARD)).findValues("expr").stream()
                .map(JsonNode::asString)
                .toList();
    }

    private static List<JsonNode> rules() throws IOException {
        Object file = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(RULES));
        JsonNode groups = JsonMapper.shared().valueToTree(file).path("groups");
        return groups.valueStream()
                .flatMap(group -> group.path("rules").valueStream())
                .toList();
    }
}
