package dev.codewise.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.codewise.proxy.agent.FakeAgent;
import dev.codewise.proxy.agent.FakeAgent.FakeRun;
import dev.codewise.proxy.status.ProxyStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("long")
@DisplayName("M15: a client that reads slowly slows its own agent, and nobody else's")
class SlowReaderTest {

    private static final String KEY = "a-key-of-the-slow-reader";
    private static final String PIECE = "X".repeat(64 * 1024);
    private static final int MOST_PIECES = 256;

    private static @Nullable ProxyStart proxy;
    private static URI url = URI.create("about:blank");

    @BeforeAll
    static void start() {
        var started = ProxyStart.with(Map.of(
                "AGENT_SECRET",
                FakeAgent.SECRET,
                "CODEWISE_API_KEY",
                KEY,
                "LOGGING_LEVEL_DEV_CODEWISE_PROXY",
                "error"));
        proxy = started;
        url = URI.create("http://127.0.0.1:" + started.port());
    }

    @AfterAll
    static void stop() {
        if (proxy != null) {
            proxy.close();
        }
    }

    static Stream<Arguments> streams() {
        String messages = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";
        return Stream.of(
                arguments("/v1/chat/completions", messages, "data: {\"error\""),
                arguments("/v1/messages", "\"max_tokens\":9," + messages, "event: error"),
                arguments("/v1/responses", "\"store\":false,\"input\":\"Hi\"", "event: response.failed"));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void readsEverythingBeforeTheFailureOfItsAgent(String path, String question, String failure) throws Exception {
        try (var agent = FakeAgent.named("laptop-1").level1().connectTo(url);
                var client = clientThatReadsNothing(path, question)) {
            var run = agent.takes();

            int taken = piecesTakenFrom(run);
            assertThat(taken * PIECE.length()).isBetween(1, 1024 * 1024);

            var whole = CompletableFuture.supplyAsync(() -> everythingFrom(client));
            await().until(() -> run.probes().nextSeq() == taken + 2);
            agent.posts("""
                    {"type":"error","requestId":"%s","seq":%d,"error":"broken"}""".formatted(run.id(), taken + 2));
            String text = whole.get();
            assertThat(text.substring(0, text.indexOf(failure)).split(PIECE, -1))
                    .hasSize(taken + 2);
        }
    }

    @Test
    void isNoMoreThanAMegabyteBehindItsAgent() throws Exception {
        try (var agent = FakeAgent.named("laptop-1").level1().connectTo(url);
                var client = clientThatReadsNothing()) {
            var run = agent.takes();

            int taken = piecesTakenFrom(run);
            assertThat(taken * PIECE.length()).isBetween(1, 1024 * 1024);

            var otherClient = clientThatReadsNothing();
            var otherRun = agent.takes();
            assertThat(otherRun.says(1, "Hello").status()).isEqualTo(200);
            assertThat(otherRun.finishes(2).status()).isEqualTo(200);
            assertThat(everythingFrom(otherClient)).contains("Hello").endsWith("data: [DONE]\n\n\r\n0\r\n\r\n");

            var whole = CompletableFuture.supplyAsync(() -> everythingFrom(client));
            await().until(() -> run.probes().nextSeq() == taken + 2);
            run.finishes(taken + 2);
            assertThat(whole.get())
                    .endsWith("data: [DONE]\n\n\r\n0\r\n\r\n")
                    .satisfies(text -> assertThat(
                                    text.length() - text.replace(PIECE, "").length())
                            .isEqualTo((taken + 1) * PIECE.length()));
        }
    }

    private static String everythingFrom(Socket client) {
        try (client) {
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int piecesTakenFrom(FakeRun run) throws Exception {
        for (int seq = 1; seq <= MOST_PIECES; seq++) {
            int number = seq;
            var post = CompletableFuture.supplyAsync(() -> says(run, number));
            try {
                post.get(1, TimeUnit.SECONDS);
            } catch (TimeoutException slowedDown) {
                return seq - 1;
            }
        }
        return MOST_PIECES;
    }

    private static int says(FakeRun run, int seq) {
        try {
            return run.says(seq, PIECE).status();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Socket clientThatReadsNothing() throws IOException {
        return clientThatReadsNothing("/v1/chat/completions", "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]");
    }

    private static Socket clientThatReadsNothing(String path, String question) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(url.getHost(), url.getPort()));
        String body = "{\"model\":\"sonnet\",\"stream\":true," + question + "}";
        String request = "POST " + path + " HTTP/1.1\r\nHost: " + url.getAuthority()
                + "\r\nConnection: close\r\nAuthorization: Bearer " + KEY
                + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
