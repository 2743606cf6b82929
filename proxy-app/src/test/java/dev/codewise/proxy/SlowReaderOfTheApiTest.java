package dev.codewise.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codewise.proxy.status.ProxyStart;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("long")
@DisplayName("A client of /v1/messages that reads slowly slows the Claude API")
class SlowReaderOfTheApiTest {

    private static final String KEY = "a-key-of-the-slow-reader";
    private static final String LETTERS = "~".repeat(64 * 1024);
    private static final String EVENT = "event: ping\ndata: {\"type\":\"ping\",\"x\":\"" + LETTERS + "\"}\n\n";
    private static final int EVENTS = 1024;

    private final AtomicInteger given = new AtomicInteger();

    @Test
    void isNotFarBehindItAndGetsEverythingInTheEnd() throws Exception {
        try (var api = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var giving = CompletableFuture.runAsync(() -> giveAllTo(api));
            var proxy = ProxyStart.with(Map.of(
                    "CODEWISE_API_KEY",
                    KEY,
                    "ANTHROPIC_API_KEY",
                    "made-up-for-a-test",
                    "ANTHROPIC_BASE_URL",
                    "http://127.0.0.1:" + api.getLocalPort(),
                    "LOGGING_LEVEL_DEV_CODEWISE_PROXY",
                    "error"));
            try (proxy;
                    var client = clientThatReadsNothing(proxy.port())) {
                await().until(() -> given.get() > 0);
                int before = awaitStandstill();
                assertThat(before * EVENT.length()).isLessThan(16 * 1024 * 1024);

                byte[] whole = client.getInputStream().readAllBytes();
                giving.join();
                assertThat(lettersIn(whole)).isEqualTo(EVENTS * (long) LETTERS.length());
            }
        }
    }

    /** Of the events' texts; nothing else has such a character. */
    private static long lettersIn(byte[] answer) {
        return IntStream.range(0, answer.length).filter(i -> answer[i] == '~').count();
    }

    private int awaitStandstill() {
        var last = new AtomicInteger();
        await().during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(30))
                .until(() -> last.getAndSet(given.get()) == given.get());
        return given.get();
    }

    private void giveAllTo(ServerSocket api) {
        try (Socket connection = api.accept()) {
            var in = connection.getInputStream();
            for (String read = ""; !read.endsWith("}]}"); read += (char) in.read()) {
                // the question comes first
            }
            OutputStream out = connection.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < EVENTS; i++) {
                out.write(EVENT.getBytes(StandardCharsets.US_ASCII));
                given.incrementAndGet();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Socket clientThatReadsNothing(int port) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        String body = "{\"model\":\"sonnet\",\"max_tokens\":9,\"stream\":true,"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        String request = "POST /v1/messages HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nConnection: close\r\nAuthorization: Bearer " + KEY
                + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
