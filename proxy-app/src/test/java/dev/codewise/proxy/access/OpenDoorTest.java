package dev.codewise.proxy.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codewise.probe.ProbeProxy;
import dev.codewise.probe.RawHttp.Reply;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A proxy without a key, published on 127.0.0.1. */
class OpenDoorTest {

    private static ProbeProxy proxy;

    @BeforeAll
    static void open() {
        proxy = ProbeProxy.start(
                "codewise.access.cors-allowed-origins=https://chat.example.org,chrome-extension://abc");
    }

    @AfterAll
    static void close() {
        proxy.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/models", "/api/agent/status", "/api/health"})
    void asksProgramsOfThisMachineForNothing(String path) {
        assertThat(proxy.http().get(path).status()).isEqualTo(200);
        assertThat(proxy.http().get(path, "Authorization: Bearer sk-dummy").status())
                .isEqualTo(200);
    }

    @Test
    void answersToAKnockUnderTheNamesOfThisMachineOnly() {
        assertThat(proxy.http().request("HEAD", "/").status()).isEqualTo(200);
        assertThat(proxy.http().request("HEAD", "/").body()).isEmpty();
        assertThat(proxy.http()
                        .bytes("HEAD / HTTP/1.1\r\nHost: evil.example.org\r\nConnection: close\r\n\r\n")
                        .status())
                .isEqualTo(403);
        assertThat(proxy.http().get("/").status()).isEqualTo(404);
    }

    @Test
    void stillAsksAgentsForTheirSecret() {
        assertThat(proxy.http().get("/api/agent/connect").status()).isEqualTo(401);
        assertThat(proxy.http()
                        .get("/api/agent/connect", "Authorization: Bearer " + ProbeProxy.AGENT_SECRET)
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "127.0.0.1:8080", "127.9.8.7:1", "localhost", "LocalHost:80", "[::1]", "[::1]:65535"
            })
    void answersToTheNamesOfThisMachine(String host) {
        assertThat(to("/v1/models", "Host: " + host).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource("foreignHosts")
    void answersToNoOtherName(String hosts) {
        assertThat(to("/v1/models", hosts).status()).isIn(400, 403);
        assertThat(to("/api/health", hosts).status()).isIn(400, 403);
        assertThat(to("/api/agent/status", hosts).status()).isIn(400, 403);
        assertThat(to("/api/agent/connect", hosts + "\r\nAuthorization: Bearer " + ProbeProxy.AGENT_SECRET)
                        .status())
                .isIn(400, 403);
    }

    static Stream<String> foreignHosts() {
        return Stream.of(
                "Host: evil.example.org",
                "Host: evil.example.org:8080",
                "Host: localhost.evil.example.org",
                "Host: 127.0.0.1.evil.example.org",
                "Host: 127.0.0.1:80@evil.example.org",
                "Host: evil.example.org#127.0.0.1",
                "Host: user@127.0.0.1",
                "Host: 127.0.0.1, evil.example.org",
                "Host: 127.0.0.1:port",
                "Host: 127.0.0.1:",
                "Host: 10.0.0.1",
                "Host: 0.0.0.0",
                "Host: 2130706433",
                "Host: 0x7f000001",
                "Host: 127.1",
                "Host: [::ffff:10.0.0.1]",
                "Host: [::1",
                "Host: localhost.",
                "Host: local\thost",
                "Host:",
                "X-No: host",
                "X-Forwarded-Host: localhost",
                "Host: localhost\r\nHost: localhost",
                "Host: localhost\r\nHost: evil.example.org",
                "Host: evil.example.org\r\nX-Forwarded-Host: localhost\r\nForwarded: host=localhost");
    }

    @Test
    void saysWhatToDoAboutAForeignName() {
        Reply reply = to("/v1/models", "Host: claude.example.org");

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body()).contains("CODEWISE_API_KEY").doesNotContain("claude.example.org");
        assertThat(reply.header("X-Content-Type-Options")).hasValue("nosniff");
    }

    @Test
    void looksAtTheHostHeaderEvenWhereTheTargetNamesAnother() {
        Reply reply = proxy.http()
                .bytes(
                        "GET http://localhost/v1/models HTTP/1.1\r\nHost: evil.example.org\r\nConnection: close\r\n\r\n");

        assertThat(reply.status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://chat.example.org", "chrome-extension://abc"})
    void letsPagesOfTheNamedOriginsIn(String origin) {
        Reply asked = preflight(origin, "POST");
        Reply reply = proxy.http().get("/v1/models", "Origin: " + origin);

        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.body()).isEmpty();
        assertThat(asked.header("Access-Control-Allow-Origin")).hasValue(origin);
        assertThat(asked.header("Access-Control-Allow-Headers")).hasValue("authorization, content-type");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Access-Control-Allow-Origin")).hasValue(origin);
        assertThat(reply.header("Access-Control-Expose-Headers"))
                .hasValueSatisfying(names -> assertThat(names).contains("x-request-id", "x-ratelimit-reset-tokens"));
        assertThat(reply.header("Access-Control-Allow-Credentials")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example.org",
                "http://chat.example.org",
                "https://chat.example.org:444",
                "https://chat.example.org.evil.example",
                "null",
                "file://",
                "http://[",
                "*",
                "",
                "localhost"
            })
    void keepsPagesOfOtherOriginsOut(String origin) {
        Reply asked = preflight(origin, "POST");
        Reply reply = proxy.http().get("/v1/models", "Origin: " + origin, "Cookie: session=1");

        assertThat(asked.status()).as(asked.text()).isIn(400, 403);
        assertThat(reply.status()).as(reply.text()).isIn(400, 403);
        assertThat(reply.text()).doesNotContain("room");
        assertThat(asked.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(reply.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void takesItsOwnPagesForNoForeignOnes() {
        Reply reply = proxy.http().get("/v1/models", "Origin: http://127.0.0.1:" + proxy.port());

        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    void allowsNoMethodBeyondThoseThatAreServed() {
        assertThat(preflight("https://chat.example.org", "DELETE").status()).isEqualTo(403);
    }

    @Test
    void neverTreatsOneRequestAsTwo() {
        String hidden = "GET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n";
        for (String framing : new String[] {
            "Content-Length: 4\r\nTransfer-Encoding: chunked",
            "Content-Length: 4\r\nContent-Length: 5",
            "Content-Length: +4",
            "Content-Length : 4",
            "Transfer-Encoding: xchunked",
            "Transfer-Encoding: chunked, identity"
        }) {
            Reply reply = proxy.http()
                    .bytes("POST /v1/models HTTP/1.1\r\nHost: localhost\r\n" + framing + "\r\n\r\n0\r\n\r\n" + hidden);

            assertThat(reply.status()).as(framing).isIn(400, 405, 501);
            assertThat(reply.text()).as(framing).doesNotContain("room");
        }
    }

    private static Reply to(String path, String headers) {
        return proxy.http().bytes("GET " + path + " HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\n\r\n");
    }

    private static Reply preflight(String origin, String method) {
        return proxy.http()
                .request(
                        "OPTIONS",
                        "/v1/models",
                        "Origin: " + origin,
                        "Access-Control-Request-Method: " + method,
                        "Access-Control-Request-Headers: authorization, content-type");
    }
}
