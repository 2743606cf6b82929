package dev.codewise.agent.doctor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A throw-away stand-in for the Claude API on this machine: keeps what is sent to it, and answers "ok". */
final class LocalApi implements AutoCloseable {

    private static final int LARGEST_BODY = 1024 * 1024;
    private static final int MOST_BODIES = 16;

    private static final byte[] ANSWER = """
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude",\
            "content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"ok"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":1}}

            event: message_stop
            data: {"type":"message_stop"}

            """.getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;
    private final BlockingQueue<String> bodies = new LinkedBlockingQueue<>(MOST_BODIES);

    private LocalApi(HttpServer server) {
        this.server = server;
    }

    static LocalApi start() throws IOException {
        var loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        var api = new LocalApi(HttpServer.create(new InetSocketAddress(loopback, 0), 0));
        api.server.createContext("/", api::answer);
        api.server.start();
        return api;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The next request for an answer, if there was one. */
    Optional<String> request() {
        return Optional.ofNullable(bodies.poll());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals("/v1/messages")) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            var body = exchange.getRequestBody().readNBytes(LARGEST_BODY);
            bodies.offer(new String(body, StandardCharsets.UTF_8));
            exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, ANSWER.length);
            exchange.getResponseBody().write(ANSWER);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
