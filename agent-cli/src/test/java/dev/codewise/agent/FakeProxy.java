package dev.codewise.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.codewise.protocol.Protocol;
import dev.codewise.protocol.ProxyEvent;
import dev.codewise.protocol.ProxyEvent.Connected;
import dev.codewise.protocol.ProxyEvent.Limits;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A scripted stand-in for the proxy: holds an event stream open, sends what it is told to, answers posts as scripted (200
 * without a script), and records everything.
 */
public final class FakeProxy implements AutoCloseable {

    /** In place of a status: the connection is closed without an answer. */
    public static final int HANG_UP = 0;

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Map<String, List<String>>> connects = new CopyOnWriteArrayList<>();
    private final List<Map<String, List<String>>> postHeaders = new CopyOnWriteArrayList<>();
    private final List<JsonNode> posts = new CopyOnWriteArrayList<>();
    private final Queue<Integer> connectAnswers = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> postAnswers = new ConcurrentLinkedQueue<>();
    private final List<HttpExchange> streams = new CopyOnWriteArrayList<>();
    private final AtomicInteger postsUnderWay = new AtomicInteger();
    private final AtomicInteger mostPostsUnderWay = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile long pingIntervalMs = 30_000;
    private volatile String contentType = "text/event-stream;charset=UTF-8";
    private volatile int otherwise = 200;

    private FakeProxy(HttpServer server) {
        this.server = server;
    }

    public static FakeProxy start() throws IOException {
        var address = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
        var proxy = new FakeProxy(HttpServer.create(address, 0));
        proxy.server.setExecutor(proxy.threads);
        proxy.server.createContext("/", proxy::serve);
        proxy.server.start();
        return proxy;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What it says about its pings in the greeting; it sends none by itself. */
    public FakeProxy promisesPingsEvery(Duration interval) {
        pingIntervalMs = interval.toMillis();
        return this;
    }

    public FakeProxy answersWithType(String type) {
        contentType = type;
        return this;
    }

    /** The next connections are refused so, one by one. */
    public FakeProxy refusesConnections(Integer... statuses) {
        connectAnswers.addAll(List.of(statuses));
        return this;
    }

    /** The next posts are answered so, one by one. */
    public FakeProxy answersPosts(Integer... statuses) {
        postAnswers.addAll(List.of(statuses));
        return this;
    }

    public FakeProxy answersAllPosts(int status) {
        otherwise = status;
        return this;
    }

    /** Posts are taken and not answered until {@link #answersAgain()}. */
    public FakeProxy stallsPosts() {
        gate = new CountDownLatch(1);
        return this;
    }

    public void answersAgain() {
        gate.countDown();
    }

    public void sends(ProxyEvent event) throws IOException {
        sends("event: " + event.eventName() + "\ndata: " + JSON.writeValueAsString(event) + "\n\n");
    }

    public void sends(String bytes) throws IOException {
        write(streams.get(streams.size() - 1), bytes);
    }

    public void hangsUp() {
        streams.get(streams.size() - 1).close();
    }

    public List<Map<String, List<String>>> connects() {
        return List.copyOf(connects);
    }

    public List<Map<String, List<String>>> postHeaders() {
        return List.copyOf(postHeaders);
    }

    public List<JsonNode> posts() {
        return List.copyOf(posts);
    }

    public int mostPostsAtOnce() {
        return mostPostsUnderWay.get();
    }

    /** The text that has been posted for a request so far. */
    public String text(String requestId) {
        var text = new StringBuilder();
        posts.stream()
                .filter(post -> post.path("requestId").asString("").equals(requestId))
                .forEach(post -> text.append(post.path("content").asString("")));
        return text.toString();
    }

    public void awaitConnection(int count) {
        await(() -> streams.size() >= count, "connection " + count);
    }

    public void awaitText(String requestId, String text) {
        await(() -> text(requestId).equals(text), "the text " + text);
    }

    public void awaitPosts(int count) {
        await(() -> posts.size() >= count, count + " posts");
    }

    /** The message that ends a request. */
    public JsonNode awaitEnd(String requestId) {
        await(() -> ends(requestId).findFirst().isPresent(), "the end of " + requestId);
        return ends(requestId).findFirst().orElseThrow();
    }

    private Stream<JsonNode> ends(String requestId) {
        return posts.stream()
                .filter(post -> post.path("requestId").asString("").equals(requestId))
                .filter(post -> !post.path("type").asString("").equals("chunk"));
    }

    @Override
    public void close() {
        gate.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        if (exchange.getRequestURI().getPath().endsWith(Protocol.CONNECT_PATH)) {
            connect(exchange);
        } else if (exchange.getRequestURI().getPath().equals("/api/health")) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        } else {
            take(exchange);
        }
    }

    private void connect(HttpExchange exchange) throws IOException {
        connects.add(Map.copyOf(exchange.getRequestHeaders()));
        var refusal = connectAnswers.poll();
        if (refusal != null) {
            exchange.sendResponseHeaders(refusal, -1);
            exchange.close();
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(200, 0);
        write(exchange, "event: connected\ndata: " + JSON.writeValueAsString(greeting(exchange)) + "\n\n");
        streams.add(exchange);
    }

    private Connected greeting(HttpExchange exchange) {
        var agentId = exchange.getRequestHeaders().getFirst(Protocol.AGENT_ID);
        var limits = new Limits(Protocol.MAX_MESSAGE_BYTES, Protocol.MAX_CHUNK_CHARS, Protocol.MAX_OUTPUT_BYTES);
        return new Connected(agentId, "c_1", Protocol.VERSION, Instant.EPOCH, pingIntervalMs, 120_000, limits);
    }

    private static void write(HttpExchange exchange, String bytes) throws IOException {
        OutputStream body = exchange.getResponseBody();
        synchronized (body) {
            body.write(bytes.getBytes(StandardCharsets.UTF_8));
            body.flush();
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        mostPostsUnderWay.accumulateAndGet(postsUnderWay.incrementAndGet(), Math::max);
        try {
            var message = JSON.readTree(exchange.getRequestBody());
            gate.await();
            answer(exchange, message);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            postsUnderWay.decrementAndGet();
            exchange.close();
        }
    }

    private void answer(HttpExchange exchange, JsonNode message) throws IOException {
        var scripted = postAnswers.poll();
        var status = scripted == null ? otherwise : scripted;
        postHeaders.add(Map.copyOf(exchange.getRequestHeaders()));
        if (status == 200) {
            posts.add(message);
        } else if (status == 429 || status == 503) {
            exchange.getResponseHeaders().set("Retry-After", "0");
        }
        if (status != HANG_UP) {
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private static void await(BooleanSupplier condition, String what) {
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new AssertionError(what + " did not come within " + PATIENCE);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }
}
