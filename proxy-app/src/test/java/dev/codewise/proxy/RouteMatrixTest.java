package dev.codewise.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.fixtures.FakeAnthropic;
import dev.codewise.proxy.agent.FakeAgent;
import dev.codewise.proxy.database.TestDatabase;
import dev.codewise.proxy.status.ProxyStart;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.support.RouterFunctionMapping;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.resource.ResourceWebHandler;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/** Every route there is, and who gets what at it. A route that is not in the table has not been thought about. */
@TestInstance(Lifecycle.PER_CLASS)
class RouteMatrixTest {

    /**
     * The route, the door it is behind, what whoever may pass it gets for an empty object, and where it is about somebody's
     * thing, what another owner gets who may pass the door just as well.
     */
    private static final String TABLE = """
            HEAD   /                                  everybody    200
            GET    /api/health                        everybody    200
            GET    /api/agent/connect                 agents       200
            POST   /api/agent/response                agents       400
            GET    /api/agent/status                  agents:read  200
            POST   /api/agent/{id}/drain              admin        404
            POST   /api/agent/{id}/resume             admin        404
            POST   /api/agent/{id}/disconnect         admin        404
            GET    /api/admin/keys                    admin        200
            POST   /api/admin/keys                    admin        400
            GET    /api/admin/keys/{id}               admin        200
            PATCH  /api/admin/keys/{id}               admin        400
            DELETE /api/admin/keys/{id}               admin        200
            POST   /api/admin/keys/{id}/rotate        admin        200
            GET    /api/admin/agent-tokens            admin        200
            POST   /api/admin/agent-tokens            admin        400
            GET    /api/admin/agent-tokens/{id}       admin        200
            PATCH  /api/admin/agent-tokens/{id}       admin        400
            DELETE /api/admin/agent-tokens/{id}       admin        200
            GET    /api/admin/audit                   admin        200
            GET    /api/admin/usage                   admin        200
            GET    /api/admin/requests                admin        200
            GET    /api/settings                      admin        200
            PATCH  /api/settings                      admin        400
            GET    /api/openapi.json                  admin        200
            GET    /v1/models                         completions  200
            GET    /v1/models/{id}                    completions  200
            POST   /v1/chat/completions               completions  400
            POST   /v1/completions                    completions  400
            POST   /v1/messages                       completions  400
            POST   /v1/messages/count_tokens          completions  400
            POST   /v1/responses                      completions  400
            GET    /v1/responses/{id}                 completions  200 404
            DELETE /v1/responses/{id}                 completions  200 404
            POST   /v1/responses/{id}/cancel          completions  200 404
            GET    /v1/responses/{id}/input_items     completions  200 404
            """;

    private static final String KEY = "a-key-for-the-operator";
    private static final List<String> SCOPES = List.of("completions", "agents:read", "admin");
    private static final int REFUSED = 401;
    private static final int FORBIDDEN = 403;

    private final HttpClient http = HttpClient.newHttpClient();
    private final TestDatabase database = TestDatabase.fresh();
    private final AtomicInteger addresses = new AtomicInteger();
    private FakeAnthropic anthropic;
    private ProxyStart proxy;
    private Operator operator;

    /** One line of the table. */
    record Row(String method, String path, String door, int passed, int foreign) {

        static Row read(String line) {
            String[] words = line.strip().split("\\s+", -1);
            int passed = Integer.parseInt(words[3]);
            return new Row(
                    words[0], words[1], words[2], passed, words.length > 4 ? Integer.parseInt(words[4]) : passed);
        }

        String route() {
            return method + " " + path;
        }

        @Override
        public String toString() {
            return route();
        }
    }

    static Stream<Row> rows() {
        return TABLE.lines().map(Row::read);
    }

    @BeforeAll
    void start() throws Exception {
        anthropic = FakeAnthropic.start();
        proxy = ProxyStart.with(Map.of(
                "DATABASE_URL",
                database.url(),
                "AGENT_SECRET",
                FakeAgent.SECRET,
                "CODEWISE_API_KEY",
                KEY,
                "TRUSTED_PROXIES",
                "127.0.0.1",
                "ANTHROPIC_API_KEY",
                "made-up-for-a-test",
                "ANTHROPIC_BASE_URL",
                anthropic.baseUrl().toString()));
        operator = new Operator(URI.create("http://127.0.0.1:" + proxy.port()), KEY);
        await().until(() -> send("GET", "/api/admin/keys", KEY, "") == 200);
    }

    @AfterAll
    void stop() throws Exception {
        proxy.close();
        anthropic.close();
    }

    @Test
    void isCompleteAndNamesNothingThatIsNotThere() {
        var served = new TreeSet<String>();
        proxy.beans(RequestMappingHandlerMapping.class)
                .values()
                .forEach(mapping -> mapping.getHandlerMethods().keySet().forEach(info -> served.addAll(routes(info))));
        proxy.beans(SimpleUrlHandlerMapping.class).values().forEach(mapping -> served.addAll(posts(mapping)));

        assertThat(rows().map(Row::route)).containsExactlyInAnyOrderElementsOf(served);
        assertThat(proxy.beans(RouterFunction.class)).as("routes as functions").isEmpty();
        assertThat(proxy.beans(RouterFunctionMapping.class).values())
                .allSatisfy(mapping -> assertThat(mapping.getRouterFunction()).isNull());
    }

    private static Set<String> routes(RequestMappingInfo info) {
        return info.getPatternsCondition().getPatterns().stream()
                .flatMap(
                        path -> info.getMethodsCondition().getMethods().stream().map(method -> method + " " + path))
                .collect(Collectors.toSet());
    }

    /** What is mapped by hand takes posts only. */
    private static Set<String> posts(SimpleUrlHandlerMapping mapping) {
        return mapping.getUrlMap().entrySet().stream()
                .filter(entry -> !(entry.getValue() instanceof ResourceWebHandler))
                .map(entry -> "POST " + entry.getKey())
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void letsNobodyInWithoutTheRightCredential(Row row) throws Exception {
        int refused = row.door.equals("everybody") ? row.passed : REFUSED;
        String path = filled(row);

        assertThat(send(row.method, path, null, "{}")).as("no credential").isEqualTo(refused);
        for (String wrong : List.of(
                "wrong-wrong-wrong-wrong", "cwk_000000000000_" + "x".repeat(43), "cwa_laptop_" + "x".repeat(43))) {
            assertThat(send(row.method, path, wrong, "{}")).as(wrong).isEqualTo(refused);
        }
        String token = operator.token("laptop", "alice").path("token").asString();
        assertThat(send(row.method, path, token, "{}"))
                .as("a token, under the name of another agent where that matters")
                .isEqualTo(refused);
        if (!row.door.equals("agents")) {
            assertThat(send(row.method, path, FakeAgent.SECRET, "{}"))
                    .as("the agents' secret")
                    .isEqualTo(refused);
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void tellsWhatAKeyOpens(Row row) throws Exception {
        String path = filled(row);

        for (String scope : SCOPES) {
            assertThat(send(row.method, path, operator.key("bob", scope), "{}"))
                    .as("the key of another with %s", scope)
                    .isEqualTo(row.door.equals(scope) ? row.foreign : behind(row, FORBIDDEN));
        }
        String credential =
                row.door.equals("agents") ? FakeAgent.SECRET : operator.key("alice", SCOPES.toArray(String[]::new));
        assertThat(send(row.method, filled(row), credential, "{}"))
                .as("the right credential")
                .isEqualTo(row.passed);
    }

    /** What a key without the scope gets: at the agents' door no key is any good, and some ask for none. */
    private static int behind(Row row, int forbidden) {
        return switch (row.door) {
            case "everybody" -> row.passed;
            case "agents" -> REFUSED;
            default -> forbidden;
        };
    }

    /** With something of alice's that is there, made for this very request. */
    private String filled(Row row) throws Exception {
        return row.path.contains("{id}") ? row.path.replace("{id}", somethingAt(row.path)) : row.path;
    }

    private String somethingAt(String path) throws Exception {
        if (path.startsWith("/v1/models/")) {
            return "sonnet";
        }
        if (path.startsWith("/v1/responses/")) {
            anthropic.says("Hello");
            String question = "{\"model\":\"sonnet\",\"input\":\"Hi\"}";
            return operator.as(operator.key("alice", "completions"))
                    .made("/v1/responses", question)
                    .path("id")
                    .asString();
        }
        if (path.startsWith("/api/admin/agent-tokens/")) {
            return operator.token("laptop", "alice").path("id").asString();
        }
        return path.startsWith("/api/admin/keys/")
                ? operator.made("/api/admin/keys", "{\"name\":\"x\",\"owner\":\"alice\"}")
                        .path("id")
                        .asString()
                : "nobody";
    }

    /** The status alone: a stream would not end. */
    private int send(String method, String path, @Nullable String credential, String body) throws Exception {
        var answer = http.send(ask(method, path, credential, body), BodyHandlers.ofInputStream());
        answer.body().close();
        return answer.statusCode();
    }

    /** Each from an address of its own, so that nobody has to wait for having failed too often. */
    private HttpRequest ask(String method, String path, @Nullable String credential, String body) {
        int number = addresses.incrementAndGet();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxy.port() + path))
                .header("X-Forwarded-For", "10.1." + number / 250 + "." + (1 + number % 250))
                .header("X-Agent-Id", "laptop-" + number)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        method.equals("POST") || method.equals("PATCH")
                                ? BodyPublishers.ofString(body)
                                : BodyPublishers.noBody());
        return credential == null
                ? request.build()
                : request.header("Authorization", "Bearer " + credential).build();
    }
}
