package dev.codewise.proxy.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.probe.ProbeProxy;
import dev.codewise.probe.RawHttp.Reply;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which credential opens which path, on a proxy with a key. Failures come from many addresses, so that none has to wait. */
class DoorsTest {

    private static final String KEY = "Authorization: Bearer " + ProbeProxy.API_KEY;
    private static final String AGENT = "Authorization: Bearer " + ProbeProxy.AGENT_SECRET;

    private static ProbeProxy proxy;
    private static int clients;

    @BeforeAll
    static void open() {
        proxy = ProbeProxy.start(
                "codewise.access.api-key=" + ProbeProxy.API_KEY, "codewise.access.trusted-proxies=127.0.0.1");
    }

    @AfterAll
    static void close() {
        proxy.close();
    }

    @ParameterizedTest
    @MethodSource("goodCredentials")
    void opensForTheRightCredential(String path, String credential) {
        Reply reply = get(path, credential);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).contains("room: ").doesNotContain("canary");
    }

    static Stream<Arguments> goodCredentials() {
        return Stream.of(
                Arguments.of("/v1/models", KEY),
                Arguments.of("/v1/models", "authorization: bEARER " + ProbeProxy.API_KEY),
                Arguments.of("/v1/models", "x-api-key: " + ProbeProxy.API_KEY),
                Arguments.of("/v1/models", "Authorization: Basic dXNlcjpwdw==\r\nx-api-key: " + ProbeProxy.API_KEY),
                Arguments.of("/v1/models", "Authorization: Bearer dummy\r\nx-api-key: " + ProbeProxy.API_KEY),
                Arguments.of("/api/agent/status", KEY),
                Arguments.of("/api/health", "X-Nothing: needed"),
                Arguments.of("/api/agent/connect", AGENT),
                Arguments.of("/api/agent/connect", "AUTHORIZATION: BEARER " + ProbeProxy.AGENT_SECRET));
    }

    @ParameterizedTest
    @MethodSource("badCredentials")
    void answersAlikeToEveryCredentialThatIsNotRight(String path, String credential) {
        String missing = get(path, "X-Nothing: given").bodyWithoutId();

        Reply reply = get(path, credential);

        assertThat(reply.status()).as(reply.text()).isEqualTo(401);
        assertThat(reply.bodyWithoutId())
                .isEqualTo(missing)
                .contains("missing or wrong")
                .doesNotContain("canary");
        assertThat(reply.header("WWW-Authenticate")).hasValue("Bearer");
        assertThat(reply.header("x-request-id")).isPresent();
    }

    static Stream<Arguments> badCredentials() {
        return Stream.of(
                        "/v1/models",
                        "/v1",
                        "/v1/",
                        "/v1/nowhere",
                        "/api/agent/status",
                        "/api/agent/laptop-1/drain",
                        "/api/agent/connect",
                        "/api/x")
                .flatMap(path -> badCredentials(rightFor(path), wrongFor(path))
                        .map(credential -> Arguments.of(path, credential)));
    }

    private static Stream<String> badCredentials(String right, String wrong) {
        return Stream.of(
                "X-Nothing: given",
                "Authorization: Bearer " + wrong,
                "Authorization: Bearer " + right + "x",
                "Authorization: Bearer " + right.substring(1),
                "Authorization: Bearer " + right.toUpperCase(java.util.Locale.ROOT),
                "Authorization:",
                "Authorization: Bearer",
                "Authorization: Bearer ",
                "Authorization: " + right,
                "Authorization: Bearer  " + right,
                "Authorization: Bearer \"" + right + "\"",
                "Authorization: Bearer " + right + ", Bearer " + right,
                "Authorization: Bearer " + right + "\r\nAuthorization: Bearer " + right,
                "Authorization: Bearer " + right + "\r\nAuthorization: Bearer " + wrong,
                "Authorization: Basic " + right,
                "Authorization: Basic dXNlcjpwdw==",
                "Authorization: Bearer " + "a".repeat(10_000),
                "Authorization: Bearer ' or 1=1 --",
                "Authorization: Bearer " + right + "\u00e9",
                "Proxy-Authorization: Bearer " + right,
                "Cookie: Authorization=Bearer " + right,
                "x-api-key:",
                "x-api-key: " + wrong,
                "x-api-key: " + right + "\r\nx-api-key: " + right);
    }

    private static String rightFor(String path) {
        return path.endsWith("connect") ? ProbeProxy.AGENT_SECRET : ProbeProxy.API_KEY;
    }

    private static String wrongFor(String path) {
        return path.endsWith("connect") ? ProbeProxy.API_KEY : ProbeProxy.AGENT_SECRET;
    }

    @Test
    void takesNoApiKeyHeaderFromAgents() {
        Reply reply = get("/api/agent/connect", "x-api-key: " + ProbeProxy.AGENT_SECRET);

        assertThat(reply.status()).isEqualTo(401);
    }

    @Test
    void knowsBlanksBehindAHeaderAsNoPartOfIt() {
        Reply reply = get("/v1/models", KEY + "  ");

        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    void letsNoNulIntoACredential() {
        Reply reply = get("/v1/models", KEY + "\0");

        assertThat(reply.status()).isIn(400, 401);
        assertThat(reply.text()).doesNotContain("room");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/cellar",
                "/actuator",
                "/actuator/health",
                "/v2/models",
                "/V1/models",
                "/API/health",
                "/error",
                "/login",
                "/logout",
                "/favicon.ico",
                "/webjars/x",
                "/v1models",
                "/apix"
            })
    void hasNothingAtOtherPathsForAnybody(String path) {
        assertThat(get(path, KEY).status()).isEqualTo(404);
        assertThat(get(path, AGENT).status()).isEqualTo(404);
        assertThat(get(path, "X-Nothing: given").bodyWithoutId()).contains("Nothing is served at this path.");
    }

    @ParameterizedTest
    @MethodSource("tricks")
    void isNotTrickedByOddPaths(String target) {
        Reply reply = proxy.http().get(target);

        assertThat(reply.status()).as(reply.text()).isIn(400, 401, 404);
        assertThat(reply.text()).doesNotContain("room", "\"UP\"");
    }

    static Stream<String> tricks() {
        return Stream.of("v1/models", "api/agent/status", "api/agent/connect", "cellar", "actuator/health")
                .flatMap(path -> Stream.of(
                        "//" + path,
                        "/./" + path,
                        "/" + path.replace("/", "//"),
                        "/api/health/../../" + path,
                        "/api/health/%2e%2e/%2e%2e/" + path,
                        "/api/health/..%2f..%2f" + path,
                        "/api/health/..;/..;/" + path,
                        "/api/health;/../" + path,
                        "/api/health%2f..%2f" + path,
                        "/api/health\\..\\..\\" + path,
                        "/" + path + ";x",
                        "/" + path + ";/api/health",
                        "/" + path + "/",
                        "/" + path + "/.",
                        "/" + path + "%00",
                        "/" + path + "%20",
                        "/" + path + "%0a",
                        "/" + path + ".json",
                        "/" + path + "?/api/health",
                        "/" + path + "#/api/health",
                        "/%76" + path.substring(1),
                        "/" + path.replace("/", "%2f"),
                        "/" + path.replace("/", "%252f"),
                        "/" + path.toUpperCase(java.util.Locale.ROOT),
                        "http://127.0.0.1/" + path,
                        "http://api/health/../../" + path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "TRACK", "CONNECT", "PROPFIND", "get", "G\u00cbT"})
    void servesNoOddMethods(String method) {
        Reply reply = proxy.http().request(method, "/v1/models", KEY);

        assertThat(reply.status()).isIn(400, 404, 405, 501);
        assertThat(reply.text()).doesNotContain("room", "canary");
    }

    @Test
    void ignoresAnOverriddenMethod() {
        Reply reply = proxy.http()
                .post(
                        "/v1/models?_method=GET",
                        "_method=GET",
                        KEY,
                        "X-HTTP-Method-Override: GET",
                        "Content-Type: application/x-www-form-urlencoded");

        assertThat(reply.status()).isEqualTo(405);
    }

    @Test
    void givesNoDataToOptionsWithoutACredential() {
        Reply reply = proxy.http().request("OPTIONS", "/v1/models");

        assertThat(reply.status()).isEqualTo(401);
    }

    @Test
    void letsNoWebPageInWhereNoOriginIsNamed() {
        Reply reply = proxy.http().get("/v1/models", KEY, "Origin: https://chat.example.org");

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body()).contains("CORS_ALLOWED_ORIGINS").doesNotContain("chat.example.org");
    }

    @Test
    void servesEveryHostNameWhereAKeyIsAskedFor() {
        Reply reply = proxy.http()
                .bytes("GET /v1/models HTTP/1.1\r\nHost: claude.example.org\r\nConnection: close\r\n" + KEY
                        + "\r\n\r\n");

        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    void sendsTheUsualSecurityHeadersAndNoCookie() {
        Reply reply = get("/v1/models", KEY);

        assertThat(reply.header("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(reply.header("X-Frame-Options")).hasValue("DENY");
        assertThat(reply.header("Cache-Control"))
                .hasValueSatisfying(value -> assertThat(value).contains("no-store"));
        assertThat(reply.header("Set-Cookie")).isEmpty();
        assertThat(get("/v1/models", "X-Nothing: given").header("X-Content-Type-Options"))
                .hasValue("nosniff");
    }

    private static Reply get(String path, String credential) {
        clients++;
        return proxy.http().get(path, credential, "X-Forwarded-For: 10.1." + clients / 250 + "." + clients % 250);
    }
}
