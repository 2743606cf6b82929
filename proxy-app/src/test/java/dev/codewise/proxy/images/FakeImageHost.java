package dev.codewise.proxy.images;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web server that has one image, gives it under every path in the way it is told to, and remembers who asked for what. */
public final class FakeImageHost implements AutoCloseable {

    /** The smallest thing that begins as a PNG does. */
    public static final byte[] PNG = "\u0089PNG\r\n\u001a\n and more".getBytes(StandardCharsets.ISO_8859_1);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<String> targets = new CopyOnWriteArrayList<>();
    private final List<Headers> headers = new CopyOnWriteArrayList<>();
    private volatile Manner manner = exchange -> give(exchange, "image/png", PNG);

    private interface Manner {

        void answer(HttpExchange exchange) throws IOException;
    }

    private FakeImageHost(HttpServer server) {
        this.server = server;
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    public static FakeImageHost start() throws IOException {
        return new FakeImageHost(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    private void answer(HttpExchange exchange) throws IOException {
        targets.add(exchange.getRequestURI().toString());
        headers.add(exchange.getRequestHeaders());
        manner.answer(exchange);
    }

    private static void give(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("content-type", type);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** How often somebody has asked for the image. */
    public int asked() {
        return targets.size();
    }

    void has(String type, byte[] body) {
        manner = exchange -> give(exchange, type, body);
    }

    void fails(int status) {
        manner = exchange -> exchange.sendResponseHeaders(status, -1);
    }

    void redirectsTo(String location) {
        manner = exchange -> {
            exchange.getResponseHeaders().set("location", location);
            exchange.sendResponseHeaders(302, -1);
        };
    }

    void compresses() {
        manner = exchange -> {
            exchange.getResponseHeaders().set("content-encoding", "gzip");
            give(exchange, "image/png", PNG);
        };
    }

    /** Sends the beginning and then nothing more. */
    void stalls() {
        manner = exchange -> {
            exchange.getResponseHeaders().set("content-type", "image/png");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(PNG);
            exchange.getResponseBody().flush();
            waitForTheEnd();
        };
    }

    /** Sends an image without end, and without saying beforehand how large it is. */
    void neverEnds() {
        manner = exchange -> {
            exchange.getResponseHeaders().set("content-type", "image/png");
            exchange.sendResponseHeaders(200, 0);
            while (closed.getCount() > 0) {
                exchange.getResponseBody().write(PNG);
            }
        };
    }

    private void waitForTheEnd() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public String authority() {
        return "127.0.0.1:" + port();
    }

    int port() {
        return server.getAddress().getPort();
    }

    public List<String> targets() {
        return targets;
    }

    Headers headers() {
        return headers.get(headers.size() - 1);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
