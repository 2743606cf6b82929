package dev.codewise.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.codewise.protocol.Protocol;
import dev.codewise.protocol.ProxyEvent;
import dev.codewise.protocol.ProxyEvent.Connected;
import dev.codewise.protocol.ProxyEvent.Limits;
import dev.codewise.protocol.Receipt;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A scripted stand-in for the proxy: holds an event stream open, sends what it is told to, answers posts as scripted (200
 * without a script), and records everything. It speaks level 0 until it is told to speak level 1; then it counts the messages of
 * each run and takes every one once.
 */
public final class FakeProxy implements AutoCloseable {

    /** In place of a status: the connection is closed without an answer. */
    public static final int HANG_UP = 0;

    private static final long FORGOTTEN = -1;
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
    private volatile Consumer<JsonNode> taken = message -> {};
    private final List<JsonNode> ofAgent = new CopyOnWriteArrayList<>();
    private final Map<String, Long> nextSeq = new ConcurrentHashMap<>();
    private final Queue<Integer> cuts = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Duration resumeWindow;
    private volatile @Nullable Duration heartbeat;

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

    public FakeProxy speaksLevel1(Duration heartbeat, Duration resumeWindow) {
        this.heartbeat = heartbeat;
        this.resumeWindow = resumeWindow;
        return this;
    }

    /** The next upload breaks when so many lines of it have been taken, and the one after that as the next number says. */
    public FakeProxy cutsUploadsAfter(Integer... lines) {
        cuts.addAll(List.of(lines));
        return this;
    }

    /** As a proxy does that has started anew. */
    public void forgets() {
        nextSeq.replaceAll((id, seq) -> FORGOTTEN);
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

    /** What it does with each new message of a run, before it says that it has it. */
    public void doesWithEach(Consumer<JsonNode> deed) {
        taken = deed;
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

    /** What the agent has said of itself: heartbeats and their like, and probes. */
    public List<JsonNode> ofAgent(String type) {
        return ofAgent.stream()
                .filter(message -> message.path("type").asString("").equals(type))
                .toList();
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
        var connection = "c_" + connects.size();
        return new Connected(
                agentId,
                connection,
                Protocol.VERSION,
                Instant.EPOCH,
                pingIntervalMs,
                120_000,
                limits,
                resumeWindow == null ? null : connects.size() > 1,
                millis(heartbeat),
                millis(resumeWindow));
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
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
            if ("application/x-ndjson".equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
                takeLines(exchange);
            } else {
                var message = JSON.readTree(exchange.getRequestBody());
                gate.await();
                answer(exchange, message);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            postsUnderWay.decrementAndGet();
            exchange.close();
        }
    }

    private void answer(HttpExchange exchange, JsonNode message) throws IOException {
        var status = scriptedStatus();
        postHeaders.add(Map.copyOf(exchange.getRequestHeaders()));
        if (status != 200) {
            refuse(exchange, status);
        } else if (!message.path("requestId").asString("").isEmpty() && resumeWindow != null) {
            receipt(exchange, message.path("requestId").asString(), take(message));
        } else {
            (resumeWindow == null ? posts : ofAgent).add(message);
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private int scriptedStatus() {
        var scripted = postAnswers.poll();
        return scripted == null ? otherwise : scripted;
    }

    private static void refuse(HttpExchange exchange, int status) throws IOException {
        if (status == 429 || status == 503) {
            exchange.getResponseHeaders().set("Retry-After", "0");
        }
        if (status != HANG_UP) {
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private void takeLines(HttpExchange exchange) throws IOException, InterruptedException {
        gate.await();
        var status = scriptedStatus();
        postHeaders.add(Map.copyOf(exchange.getRequestHeaders()));
        var left = Objects.requireNonNullElse(cuts.poll(), Integer.MAX_VALUE);
        var taken = 200;
        var lines = new BufferedReader(new InputStreamReader(exchange.getRequestBody(), StandardCharsets.UTF_8));
        for (var line = lines.readLine(); line != null && taken == 200; line = lines.readLine()) {
            if (left-- == 0) {
                return;
            }
            gate.await();
            taken = status == 200 ? take(JSON.readTree(line)) : status;
        }
        if (status == 200) {
            receipt(exchange, exchange.getRequestHeaders().getFirst(Protocol.REQUEST_ID), taken);
        } else {
            refuse(exchange, status);
        }
    }

    /** The status that the rules of numbers ask for. */
    private int take(JsonNode message) {
        var requestId = message.path("requestId").asString();
        var next = nextSeq.computeIfAbsent(requestId, id -> 1L);
        if (next == FORGOTTEN) {
            return 404;
        }
        if (message.path("type").asString().equals("probe")) {
            ofAgent.add(message);
            return 200;
        }
        var seq = message.path("seq").asLong();
        if (seq == next) {
            posts.add(message);
            nextSeq.put(requestId, next + 1);
            taken.accept(message);
        }
        return seq > next ? 409 : 200;
    }

    private void receipt(HttpExchange exchange, String requestId, int status) throws IOException {
        var next = nextSeq.getOrDefault(requestId, 1L);
        var receipt = status == 200 ? Receipt.accepted(next, false, false) : Receipt.refused("no", "No.");
        var body = JSON.writeValueAsBytes(status == 409 ? receipt.from(next) : receipt);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
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
