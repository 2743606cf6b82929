import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.ConnectionProvider;

/**
 * What a chunk costs the proxy in CPU time, and an open stream in memory, beside a floor: a bare reactor-netty server that reads
 * the same POSTs and writes the same number of events, and knows neither JSON nor requests. Both run as processes of their own
 * and take turns; only the server's time is counted. Needs neither account, network nor database, and about five minutes.
 *
 * <pre>
 * mvn package -DskipTests
 * java -Djarmode=tools -jar proxy-app/target/codewise-proxy.jar extract --destination target/chunks
 * java -cp 'target/chunks/lib/*' bench/Chunks.java target/chunks/codewise-proxy.jar [streams,streams,…]
 * </pre>
 */
final class Chunks {

    private static final String KEY = "a-key-for-the-measurement";
    private static final String SECRET = "a-secret-for-the-measurement";
    private static final String CONTENT = "~ a piece of an answer, as long as some ";
    private static final int AGENTS = 50;
    private static final int POSTS_AT_ONCE = 16;
    private static final int BATCH = 10;
    private static final int CHUNKS_IN_ALL = 20_000;
    private static final int LINES_A_SECOND = 4_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Chunks() {}

    /** How chunks are posted. */
    enum Form {
        SINGLE,
        BATCH,
        NDJSON
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 1 && arguments[0].equals("floor")) {
            Floor.serve();
            return;
        }
        // a stream that is put away after its measurement is no news
        Hooks.onErrorDropped(expected -> {});
        var sizes = arguments.length > 1 ? arguments[1] : "50,500,2000";
        try (var floor = Server.floor();
                var proxy = Server.proxy(Path.of(arguments[0]))) {
            var peers = List.of(new FloorPeer(floor.url), new ProxyPeer(proxy.url));
            var servers = List.of(floor, proxy);
            System.out.println("warming up");
            for (var form : Form.values()) {
                measure(peers, servers, 50, form);
            }
            System.out.printf("%8s %8s %12s %12s %7s %14s %14s%n",
                    "streams", "posts", "floor µs", "proxy µs", "ratio", "floor KB/str.", "proxy KB/str.");
            for (var size : sizes.split(",")) {
                for (var form : Form.values()) {
                    print(Integer.parseInt(size), form, measure(peers, servers, Integer.parseInt(size), form));
                }
            }
        }
        System.exit(0);
    }

    private static void print(int streams, Form form, List<Result> results) {
        var floor = results.get(0);
        var proxy = results.get(1);
        System.out.printf(Locale.ROOT, "%8d %8s %12.1f %12.1f %7.2f %14.1f %14.1f%n",
                streams, form.name().toLowerCase(Locale.ROOT), floor.micros, proxy.micros, proxy.micros / floor.micros,
                floor.kilobytes, proxy.kilobytes);
    }

    private static List<Result> measure(List<? extends Peer> peers, List<Server> servers, int streams, Form form)
            throws Exception {
        var results = new ArrayList<Result>();
        for (var i = 0; i < peers.size(); i++) {
            results.add(measure(peers.get(i), servers.get(i), streams, form));
        }
        return results;
    }

    private static Result measure(Peer peer, Server server, int streams, Form form) throws Exception {
        var each = Math.max(BATCH, CHUNKS_IN_ALL / streams / BATCH * BATCH);
        var before = server.liveBytes();
        try (var open = peer.open(streams, form)) {
            var kilobytes = (server.liveBytes() - before) / 1024.0 / streams;
            var cpu = server.cpu();
            open.post(each);
            open.awaitReceived((long) each * streams);
            return new Result((server.cpu() - cpu) / 1000.0 / each / streams, kilobytes);
        }
    }

    /** CPU time for one chunk, live heap for one open stream. */
    record Result(double micros, double kilobytes) {}

    /** One of the two servers, as a process. */
    static final class Server implements AutoCloseable {

        private final Process process;
        private final URI url;

        private Server(Process process, URI url) {
            this.process = process;
            this.url = url;
        }

        static Server floor() throws Exception {
            var program = Path.of(System.getProperty("jdk.launcher.sourcefile", "bench/Chunks.java"));
            var process = java(Map.of(), "-cp", System.getProperty("java.class.path"), program.toString(), "floor");
            var port = awaitLine(process, "port (\\d+)");
            return new Server(process, URI.create("http://127.0.0.1:" + port));
        }

        static Server proxy(Path jar) throws Exception {
            var home = Files.createTempDirectory("codewise-bench-");
            var port = freePort();
            var process = java(
                    Map.of(
                            "PORT", Integer.toString(port),
                            "MANAGEMENT_PORT", Integer.toString(freePort()),
                            "CODEWISE_HOME", home.toString(),
                            "CODEWISE_API_KEY", KEY,
                            "AGENT_SECRET", SECRET,
                            "REQUEST_TIMEOUT", "300s",
                            "DATABASE_URL", "postgresql://nobody:none@127.0.0.1:1/none"),
                    "-jar", jar.toString());
            awaitLine(process, "(listens on)");
            return new Server(process, URI.create("http://127.0.0.1:" + port));
        }

        private static Process java(Map<String, String> environment, String... arguments) throws IOException {
            var command = new ArrayList<String>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add("-Xmx1g");
            command.addAll(Arrays.asList(arguments));
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(environment);
            return builder.start();
        }

        private static int freePort() throws IOException {
            try (var socket = new ServerSocket(0)) {
                return socket.getLocalPort();
            }
        }

        /** Reads on behind it, so that the process never waits for somebody to read. */
        private static String awaitLine(Process process, String pattern) throws Exception {
            var lines = new LinkedBlockingQueue<String>();
            var reader = new Thread(() -> read(process, lines), "output");
            reader.setDaemon(true);
            reader.start();
            var said = new StringBuilder();
            for (var line = lines.poll(90, TimeUnit.SECONDS); line != null; line = lines.poll(90, TimeUnit.SECONDS)) {
                said.append(line).append('\n');
                var match = Pattern.compile(pattern).matcher(line);
                if (match.find()) {
                    return match.group(1);
                }
            }
            throw new IllegalStateException("the server did not start:\n" + said);
        }

        private static void read(Process process, LinkedBlockingQueue<String> lines) {
            try (var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (var line = output.readLine(); line != null; line = output.readLine()) {
                    if (lines.size() < 1000) {
                        lines.add(line);
                    }
                }
            } catch (IOException e) {
                // the process has ended
            }
        }

        /** In nanoseconds. */
        long cpu() {
            return process.info().totalCpuDuration().orElseThrow().toNanos();
        }

        /** What is left of the heap after a collection. */
        long liveBytes() throws Exception {
            var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
            var histogram = new ProcessBuilder(jcmd, Long.toString(process.pid()), "GC.class_histogram").start();
            var output = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher total = Pattern.compile("(?m)^Total +\\d+ +(\\d+)").matcher(output);
            if (!total.find()) {
                throw new IllegalStateException("jcmd says " + output);
            }
            return Long.parseLong(total.group(1));
        }

        @Override
        public void close() throws Exception {
            process.destroyForcibly().waitFor();
        }
    }

    /** How to speak to one of the servers. */
    interface Peer {

        /** Opens so many streams, each of which waits for its chunks. */
        Open open(int streams, Form form) throws Exception;
    }

    /** Streams that are open, and how chunks get to them. */
    static final class Open implements AutoCloseable {

        private final int streams;
        private final Form form;
        private final Posts posts;
        private final AtomicLong received;
        private final Disposable.Composite everything;

        Open(int streams, Form form, Posts posts, AtomicLong received, Disposable.Composite everything) {
            this.streams = streams;
            this.form = form;
            this.posts = posts;
            this.received = received;
            this.everything = everything;
        }

        void post(int each) {
            var all = form == Form.NDJSON ? lines(each) : bodies(each);
            all.blockLast(PATIENCE);
        }

        /** Every worker goes round among streams of its own, so that each stream has one POST under way at most. */
        private Flux<?> bodies(int each) {
            var size = form == Form.BATCH ? BATCH : 1;
            return Flux.range(0, Math.min(POSTS_AT_ONCE, streams))
                    .flatMap(worker -> Flux.range(0, each / size)
                            .concatMap(round -> Flux.range(0, streams)
                                    .filter(stream -> stream % POSTS_AT_ONCE == worker)
                                    .concatMap(stream -> posts.body(stream, 1 + round * size, size))), POSTS_AT_ONCE);
        }

        /** Each line by itself, as claude writes them: who sends all at once measures how well TCP puts them together. */
        private Flux<?> lines(int each) {
            var pause = Duration.ofNanos(1_000_000_000L * streams / LINES_A_SECOND);
            var ticks = Flux.interval(pause).take(each).onBackpressureBuffer().publish().autoConnect(streams);
            return Flux.range(0, streams).flatMap(stream -> posts.lines(stream, ticks.map(tick -> 1 + (int) (long) tick)), streams);
        }

        void awaitReceived(long chunks) throws InterruptedException {
            var until = System.nanoTime() + PATIENCE.toNanos();
            while (received.get() < chunks) {
                if (System.nanoTime() > until) {
                    throw new IllegalStateException("of " + chunks + " chunks only " + received.get() + " arrived");
                }
                Thread.sleep(5);
            }
        }

        @Override
        public void close() throws Exception {
            everything.dispose();
            Thread.sleep(1500);
        }
    }

    /** Ways to post. */
    interface Posts {

        Mono<?> body(int stream, int firstSeq, int chunks);

        Mono<?> lines(int stream, Flux<Integer> seqs);
    }

    private static HttpClient client(URI url, int connections) {
        var pool = ConnectionProvider.builder("bench-" + UUID.randomUUID())
                .maxConnections(connections)
                .pendingAcquireMaxCount(-1)
                .build();
        return HttpClient.create(pool).baseUrl(url.toString()).responseTimeout(PATIENCE);
    }

    private static Mono<?> ok(HttpClient.ResponseReceiver<?> exchange) {
        return exchange.responseSingle((response, body) -> body.asString().defaultIfEmpty("").doOnNext(text -> {
            if (response.status().code() != 200) {
                throw new IllegalStateException("answered with " + response.status() + ": " + text);
            }
        }));
    }

    private static Flux<ByteBuf> count(Flux<ByteBuf> content, AtomicLong received) {
        return content.doOnNext(bytes -> bytes.forEachByte(one -> {
            if (one == '~') {
                received.incrementAndGet();
            }
            return true;
        }));
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Mono<?> sendLines(HttpClient.RequestSender post, Flux<String> lines) {
        return ok(post.send((request, outbound) -> outbound.send(lines.map(line -> bytes(line + "\n")), flushed -> true)));
    }

    /** Speaks to the floor. */
    record FloorPeer(URI url) implements Peer {

        @Override
        public Open open(int streams, Form form) throws Exception {
            var everything = Disposables.composite();
            var received = new AtomicLong();
            var opened = new AtomicLong();
            var client = client(url, 2 * streams + 100);
            for (var i = 0; i < streams; i++) {
                everything.add(client.get().uri("/stream/" + i).response((response, content) -> {
                    opened.incrementAndGet();
                    return count(content, received);
                }).subscribe());
            }
            await(opened::intValue, streams);
            return new Open(streams, form, posts(client), received, everything);
        }

        private static Posts posts(HttpClient client) {
            return new Posts() {
                @Override
                public Mono<?> body(int stream, int firstSeq, int chunks) {
                    return ok(client.post().uri("/post/" + stream).send(Mono.fromSupplier(() ->
                            bytes((CONTENT + "\n").repeat(chunks)))));
                }

                @Override
                public Mono<?> lines(int stream, Flux<Integer> seqs) {
                    return sendLines(client.post().uri("/post/" + stream), seqs.map(seq -> CONTENT));
                }
            };
        }
    }

    /** Speaks to the proxy: as its clients, and as agents of level 0 for single POSTs, of level 1 for the rest. */
    record ProxyPeer(URI url) implements Peer {

        private static final Pattern REQUEST = Pattern.compile("\"requestId\":\"([^\"]+)\"");

        @Override
        public Open open(int streams, Form form) throws Exception {
            var everything = Disposables.composite();
            var received = new AtomicLong();
            var runs = new ConcurrentHashMap<String, Run>();
            var ordered = new LinkedBlockingQueue<Run>();
            var connected = new AtomicLong();
            var client = client(url, 2 * streams + 2 * AGENTS + 100);
            var agents = IntStream.range(0, Math.min(AGENTS, streams)).mapToObj(i -> new Agent("bench-" + i, form)).toList();
            for (var agent : agents) {
                everything.add(client.headers(agent::introduce).get().uri("/api/agent/connect").response((response, content) ->
                        content.asString().doOnSubscribe(s -> connected.incrementAndGet()).doOnNext(new RequestsOf(agent, new StringBuilder(), runs, ordered))).subscribe());
            }
            await(connected::intValue, agents.size());
            Thread.sleep(300);
            for (var i = 0; i < streams; i++) {
                everything.add(client.headers(headers -> headers.set("Authorization", "Bearer " + KEY).set("Content-Type", "application/json"))
                        .post().uri("/v1/chat/completions")
                        .send(Mono.fromSupplier(() -> bytes("{\"model\":\"sonnet\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Say something long.\"}]}")))
                        .response((response, content) -> count(content, received)).subscribe());
            }
            await(runs::size, streams);
            return new Open(streams, form, posts(client, List.copyOf(ordered)), received, everything);
        }

        private static Posts posts(HttpClient client, List<Run> runs) {
            return new Posts() {
                @Override
                public Mono<?> body(int stream, int firstSeq, int chunks) {
                    var run = runs.get(stream);
                    return ok(client.headers(run.agent::introduce).headers(headers -> headers.set("Content-Type", "application/json"))
                            .post().uri("/api/agent/response").send(Mono.fromSupplier(() -> bytes(run.body(firstSeq, chunks)))));
                }

                @Override
                public Mono<?> lines(int stream, Flux<Integer> seqs) {
                    var run = runs.get(stream);
                    var last = new AtomicLong();
                    var ended = seqs.doOnNext(last::set).map(run::chunk)
                            .concatWith(Mono.fromSupplier(() -> run.complete(1 + (int) last.get())));
                    return sendLines(client.headers(run.agent::introduce)
                            .headers(headers -> headers.set("Content-Type", "application/x-ndjson").set("X-Codewise-Request-Id", run.id))
                            .post().uri("/api/agent/response"), ended);
                }
            };
        }
    }

    /** Finds the requests in what an agent is sent. */
    record RequestsOf(Agent agent, StringBuilder unread, Map<String, Run> runs, LinkedBlockingQueue<Run> ordered)
            implements Consumer<String> {

        /** What is read may end in the middle of an event. */
        @Override
        public void accept(String piece) {
            unread.append(piece);
            var whole = unread.substring(0, unread.lastIndexOf("\n") + 1);
            unread.delete(0, whole.length());
            var match = ProxyPeer.REQUEST.matcher(whole);
            while (match.find()) {
                var run = new Run(match.group(1), agent);
                if (runs.putIfAbsent(run.id, run) == null) {
                    ordered.add(run);
                }
            }
        }
    }

    /** One agent of the level that the form needs. */
    static final class Agent {

        private final String id;
        private final Form form;
        private final String instance = UUID.randomUUID().toString();

        Agent(String id, Form form) {
            this.id = id;
            this.form = form;
        }

        void introduce(io.netty.handler.codec.http.HttpHeaders headers) {
            headers.set("Authorization", "Bearer " + SECRET).set("X-Agent-Id", id);
            if (form != Form.SINGLE) {
                headers.set("X-Codewise-Protocol", "1").set("X-Agent-Instance", instance)
                        .set("X-Agent-Features", "seq,batch,ndjson,cancel");
            }
        }
    }

    /** One request at one agent. */
    record Run(String id, Agent agent) {

        String body(int firstSeq, int chunks) {
            return agent.form == Form.SINGLE
                    ? "{\"type\":\"chunk\",\"requestId\":\"" + id + "\",\"content\":\"" + CONTENT + "\"}"
                    : IntStream.range(firstSeq, firstSeq + chunks).mapToObj(this::chunk).collect(Collectors.joining(",", "{\"messages\":[", "]}"));
        }

        String chunk(int seq) {
            return "{\"type\":\"chunk\",\"requestId\":\"" + id + "\",\"seq\":" + seq + ",\"content\":\"" + CONTENT + "\"}";
        }

        String complete(int seq) {
            return "{\"type\":\"complete\",\"requestId\":\"" + id + "\",\"seq\":" + seq + "}";
        }
    }

    private static void await(IntSupplier count, int wanted) throws InterruptedException {
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (count.getAsInt() < wanted) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("of " + wanted + " streams only " + count.getAsInt() + " opened");
            }
            Thread.sleep(5);
        }
    }

    /** The least that any server does which brings chunks from POSTs to event streams. */
    static final class Floor {

        private static final Map<String, Sinks.Many<ByteBuf>> STREAMS = new ConcurrentHashMap<>();

        private Floor() {}

        static void serve() {
            var server = HttpServer.create()
                    .host("127.0.0.1")
                    .port(0)
                    .route(routes -> routes.get("/stream/{id}", Floor::stream).post("/post/{id}", Floor::post))
                    .bindNow();
            System.out.println("port " + server.port());
            server.onDispose().block();
        }

        private static org.reactivestreams.Publisher<Void> stream(HttpServerRequest request, HttpServerResponse response) {
            Sinks.Many<ByteBuf> events = Sinks.unsafe().many().unicast().onBackpressureBuffer();
            STREAMS.put(String.valueOf(request.param("id")), events);
            return response.sse()
                    .send(events.asFlux().mergeWith(Mono.just(bytes(":\n\n"))), flushed -> true);
        }

        private static org.reactivestreams.Publisher<Void> post(HttpServerRequest request, HttpServerResponse response) {
            var events = STREAMS.get(String.valueOf(request.param("id")));
            return request.receive()
                    .doOnNext(body -> lines(body).forEach(line -> events.tryEmitNext(bytes("data: " + line + "\n\n"))))
                    .then(response.sendString(Mono.just("{\"ok\":true}")).then());
        }

        /** Lines are short and flushed one by one, so none is cut. */
        private static Stream<String> lines(ByteBuf body) {
            return body.toString(StandardCharsets.UTF_8).lines();
        }
    }
}
