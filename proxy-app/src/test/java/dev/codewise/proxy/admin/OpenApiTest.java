package dev.codewise.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.codewise.probe.RawHttp;
import dev.codewise.probe.RawHttp.Reply;
import dev.codewise.proxy.agent.FakeAgent;
import dev.codewise.proxy.database.TestDatabase;
import dev.codewise.proxy.status.ProxyStart;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds the document of the API to what there is and to what is answered. */
class OpenApiTest {

    private static final String OPERATOR = "an-operators-own-key-4711";
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    /** The agents have a protocol of their own, documented elsewhere. */
    private static final Set<String> NOT_FOR_OPERATORS = Set.of("/api/agent/connect", "/api/agent/response");

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static ProxyStart proxy;
    private static RawHttp http;
    private static JsonNode document;

    @BeforeAll
    static void start() {
        proxy = ProxyStart.with(Map.of(
                "DATABASE_URL",
                DATABASE.url(),
                "AGENT_SECRET",
                FakeAgent.SECRET,
                "CODEWISE_SECRET_KEY",
                SecretBoxTest.KEY,
                "CODEWISE_API_KEY",
                OPERATOR));
        http = new RawHttp(proxy.port());
        document = json(http.get("/api/openapi.json", "Authorization: Bearer " + OPERATOR));
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @Test
    void namesEveryRouteAndNoOther() {
        Set<String> documented = new TreeSet<>();
        document.path("paths")
                .propertyStream()
                .forEach(path -> path.getValue().propertyNames().stream()
                        .filter(METHODS::contains)
                        .forEach(method -> documented.add(method + " " + path.getKey())));

        assertThat(documented).isEqualTo(served());
    }

    private static Set<String> served() {
        return proxy.beans(RequestMappingHandlerMapping.class).values().stream()
                .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                .flatMap(OpenApiTest::routes)
                .filter(route -> route.contains(" /api/"))
                .filter(route -> NOT_FOR_OPERATORS.stream().noneMatch(route::endsWith))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> routes(RequestMappingInfo route) {
        return route.getPatternsCondition().getPatterns().stream()
                .flatMap(path -> route.getMethodsCondition().getMethods().stream()
                        .map(method -> method.name().toLowerCase(Locale.ROOT) + " " + path));
    }

    @Test
    void describesWhatIsAnswered() throws Exception {
        try (var agent = FakeAgent.named("laptop-1").connectTo(URI.create("http://127.0.0.1:" + proxy.port()))) {
            answered("get", "/api/health", "/api/health", "");
            answered("get", "/api/agent/status", "/api/agent/status", "");
            for (var order : List.of("drain", "resume", "disconnect")) {
                answered("post", "/api/agent/{id}/" + order, "/api/agent/laptop-1/" + order, "{\"reason\":\"Tea.\"}");
            }
            agent.awaitEnd();
        }
        answered("post", "/api/agent/{id}/drain", "/api/agent/nobody/drain", "");
        answered("get", "/api/settings", "/api/settings", "");
        answered(
                "patch",
                "/api/settings",
                "/api/settings",
                "{\"version\":1,\"queueWait\":\"3s\",\"anthropicApiKey\":\"k\"}");
        answered("patch", "/api/settings", "/api/settings", "{\"version\":1}");
        answered("patch", "/api/settings", "/api/settings", "{}");
        answered("get", "/api/openapi.json", "/api/openapi.json", "");
    }

    @Test
    void describesWhatIsAnsweredAboutKeys() {
        String keys = "/api/admin/keys";
        String wish = "{\"name\":\"ci\",\"owner\":\"alice\",\"expiresAt\":\"2099-01-01T00:00:00Z\","
                + "\"limits\":{\"requestsPerMinute\":5,\"perDay\":{\"usd\":1.5}}}";
        String id = answered("post", keys, keys, wish).path("id").asString();
        answered("post", keys, keys, "{}");
        answered("get", keys, keys, "");
        String one = keys + "/" + id;
        answered("get", keys + "/{id}", one, "");
        answered("get", keys + "/{id}", keys + "/nothing", "");
        answered("patch", keys + "/{id}", one, "{\"version\":1,\"name\":\"other\"}");
        answered("patch", keys + "/{id}", one, "{\"version\":1}");
        answered("post", keys + "/{id}/rotate", one + "/rotate", "");
        answered("delete", keys + "/{id}", one, "");
        answered("post", keys + "/{id}/rotate", one + "/rotate", "");
        answered("get", "/api/admin/audit", "/api/admin/audit?limit=1", "");
        answered("get", "/api/admin/audit", "/api/admin/audit?limit=0", "");
    }

    @Test
    void describesWhatIsAnsweredAboutTokens() {
        String tokens = "/api/admin/agent-tokens";
        String wish = "{\"agentId\":\"laptop-9\",\"owner\":\"alice\",\"name\":\"laptop\"}";
        String id = answered("post", tokens, tokens, wish).path("id").asString();
        answered("post", tokens, tokens, "{}");
        answered("get", tokens, tokens, "");
        answered("get", tokens + "/{id}", tokens + "/" + id, "");
        answered("patch", tokens + "/{id}", tokens + "/" + id, "{\"version\":1,\"pool\":true}");
        answered("patch", tokens + "/{id}", tokens + "/" + id, "{\"version\":1}");
        answered("delete", tokens + "/{id}", tokens + "/" + id, "");
        answered("delete", tokens + "/{id}", tokens + "/nothing", "");
    }

    @Test
    void describesWhatTheLedgerTells() {
        DATABASE.execute(
                "insert into ledger_entry (id, asked_model, provider, started_at, ended_at, outcome, input_tokens,"
                        + " output_tokens, cache_read_tokens, cache_write_tokens, reasoning_tokens, cost_usd)"
                        + " values ('req_1', 'opus', 'anthropic', now(), now(), 'answered', 1, 2, 3, 4, 5, 0.5)");

        assertThat(answered("get", "/api/admin/usage", "/api/admin/usage?by=model", "")
                        .at("/total/requests/all")
                        .asInt())
                .isEqualTo(1);
        answered("get", "/api/admin/usage", "/api/admin/usage?by=colour", "");
        assertThat(answered("get", "/api/admin/requests", "/api/admin/requests?limit=5", "")
                        .path("requests"))
                .hasSize(1);
        answered("get", "/api/admin/requests", "/api/admin/requests?cursor=x", "");
    }

    @Test
    void isReadByOperatorsOnly() {
        Reply refused = http.get("/api/openapi.json");

        assertThat(refused.status()).isEqualTo(401);
        assertThat(faults("get", "/api/openapi.json", refused)).isEmpty();
    }

    /** What came, after it was found to be as the document says. */
    private static JsonNode answered(String method, String path, String target, String body) {
        Reply reply = body.isEmpty() && !method.equals("post")
                ? http.request(upper(method), target, "Authorization: Bearer " + OPERATOR)
                : http.send(
                        upper(method),
                        target,
                        body,
                        "Content-Type: application/json",
                        "Authorization: Bearer " + OPERATOR);

        assertThat(faults(method, path, reply))
                .as(method + " " + target + ": " + reply.text())
                .isEmpty();
        return json(reply);
    }

    private static String upper(String method) {
        return method.toUpperCase(Locale.ROOT);
    }

    private static String faults(String method, String path, Reply reply) {
        String answer = "/paths/" + path.replace("/", "~1") + "/" + method + "/responses/" + reply.status();
        JsonNode response = document.at(answer);
        if (response.has("$ref")) {
            answer = response.path("$ref").asString().substring(1);
            response = document.at(answer);
        }
        String type = reply.header("content-type").orElse("none").replaceFirst(";.*", "");
        String schema = answer + "/content/" + type.replace("/", "~1") + "/schema";
        return document.at(schema).isMissingNode() ? "not documented" : violations(schema, json(reply));
    }

    private static String violations(String schema, JsonNode body) {
        String root = "https://codewise.example/openapi.json";
        var registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(root, document.toString())));
        return registry
                .getSchema(SchemaLocation.of(
                        root + "#" + schema.replace("{", "%7B").replace("}", "%7D")))
                .validate(body)
                .stream()
                .map(Object::toString)
                .collect(Collectors.joining("; "));
    }

    private static JsonNode json(Reply reply) {
        String body = reply.body();
        return new JsonMapper().readTree(body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1));
    }
}
