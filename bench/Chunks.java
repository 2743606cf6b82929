import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
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
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.reactivestreams.Publisher;
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
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;

/**
 * What a chunk costs the proxy in CPU time, and an open stream in memory, beside two bare reactor-netty servers that are posted the
 * same bytes under the same headers, and send the same bytes to as many clients, one flush for each event. The <i>bare</i> one
 * parses nothing: it finds the stream by the URL, counts the messages and writes an event that it has ready. The <i>floor</i> does
 * what cannot be left undone: it reads the id and the content out of the JSON and writes the content into an event, escaped. Neither
 * knows of credentials, order, limits, receipts or ends.
 *
 * <p>All three run as processes of their own and take turns; only the server's CPU time is counted, where there is a /proc without
 * that of Java's compiler, and all are warmed up first. The figure is the median of some rounds. Needs neither account, network nor
 * database.
 *
 * <pre>
 * mvn package -DskipTests
 * java -Djarmode=tools -jar proxy-app/target/codewise-proxy.jar extract --destination target/chunks
 * java -cp 'target/chunks/lib/*' bench/Chunks.java target/chunks/codewise-proxy.jar [streams,streams,…] [rounds] [form,form,…]
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
    private static final int WARM_UPS = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Chunks() {}

    /** How chunks are posted. */
    enum Form {
        SINGLE,
        BATCH,
        NDJSON
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 2 && arguments[0].equals("serve")) {
            Floor.serve(arguments[1].equals("floor"));
            return;
        }
        // a stream that is put away after its measurement is no news
        Hooks.onErrorDropped(expected -> {});
        var sizes = Stream.of(argument(arguments, 1, "50,500,2000").split(",")).map(Integer::valueOf).toList();
        var rounds = Integer.parseInt(argument(arguments, 2, "3"));
        var forms = Stream.of(argument(arguments, 3, "single,batch,ndjson").split(","))
                .map(form -> Form.valueOf(form.toUpperCase(Locale.ROOT)))
                .toList();
        try (var bare = Server.floor("bare");
                var floor = Server.floor("floor");
                var proxy = Server.proxy(Path.of(arguments[0]))) {
            measure(List.of(new FloorPeer(bare), new FloorPeer(floor), new ProxyPeer(proxy)), sizes, forms, rounds);
        }
        System.exit(0);
    }

    private static String argument(String[] arguments, int index, String otherwise) {
        return arguments.length > index ? arguments[index] : otherwise;
    }

    private static void measure(List<? extends Peer> peers, List<Integer> sizes, List<Form> forms, int rounds) throws Exception {
        System.out.println("warming up");
        for (var i = 0; i < WARM_UPS; i++) {
            for (var form : forms) {
                round(peers, 50, form);
            }
        }
        System.out.printf("%8s %8s %9s %9s %9s %8s %8s %14s %14s %6s%n",
                "streams", "posts", "bare µs", "floor µs", "proxy µs", "x bare", "x floor", "floor KB/str.", "proxy KB/str.", "load");
        for (var size : sizes) {
            for (var form : forms) {
                var results = new ArrayList<List<Result>>();
                for (var i = 0; i < rounds; i++) {
                    results.add(round(peers, size, form));
                }
                print(size, form, results);
            }
        }
    }

    private static void print(int streams, Form form, List<List<Result>> rounds) {
        var bare = median(rounds, 0, Result::micros);
        var floor = median(rounds, 1, Result::micros);
        var proxy = median(rounds, 2, Result::micros);
        System.out.printf(Locale.ROOT, "%8d %8s %9.1f %9.1f %9.1f %8.2f %8.2f %14.1f %14.1f %6.1f%n",
                streams, form.name().toLowerCase(Locale.ROOT), bare, floor, proxy, proxy / bare, proxy / floor,
                median(rounds, 1, Result::kilobytes), median(rounds, 2, Result::kilobytes),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static double median(List<List<Result>> rounds, int peer, ToDoubleFunction<Result> figure) {
        var sorted = rounds.stream().mapToDouble(round -> figure.applyAsDouble(round.get(peer))).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static List<Result> round(List<? extends Peer> peers, int streams, Form form) throws Exception {
        var results = new ArrayList<Result>();
        for (var peer : peers) {
            results.add(measure(peer, streams, form));
        }
        return results;
    }

    private static Result measure(Peer peer, int streams, Form form) throws Exception {
        var each = Math.max(BATCH, CHUNKS_IN_ALL / streams / BATCH * BATCH);
        var before = peer.server().liveBytes();
        try (var open = peer.open(streams, form)) {
            var kilobytes = (peer.server().liveBytes() - before) / 1024.0 / streams;
            var cpu = peer.server().cpu();
            open.post(each);
            open.awaitReceived((long) each * streams);
            return new Result((peer.server().cpu() - cpu) / 1000.0 / each / streams, kilobytes);
        }
    }

    /** CPU time for one chunk, live heap for one open stream. */
    record Result(double micros, double kilobytes) {}

    /** One of the servers, as a process. */
    static final class Server implements AutoCloseable {

        private static final long NANOS_PER_TICK = 10_000_000;

        private final Process process;
        private final URI url;

        private Server(Process process, URI url) {
            this.process = process;
            this.url = url;
        }

        static Server floor(String kind) throws Exception {
            var program = Path.of(System.getProperty("jdk.launcher.sourcefile", "bench/Chunks.java"));
            var process = java(Map.of(), "-cp", System.getProperty("java.class.path"), program.toString(), "serve", kind);
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
            // one that ends takes the account of its time with it
            command.add("-XX:-UseDynamicNumberOfCompilerThreads");
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

        /** In nanoseconds. What is compiled is so once, and not for each chunk. */
        long cpu() throws IOException {
            return process.info().totalCpuDuration().orElseThrow().toNanos() - compilers();
        }

        private long compilers() throws IOException {
            var threads = Path.of("/proc", Long.toString(process.pid()), "task");
            if (!Files.isDirectory(threads)) {
                return 0;
            }
            try (var each = Files.list(threads)) {
                return each.mapToLong(Server::ofCompiler).sum();
            }
        }

        private static long ofCompiler(Path thread) {
            try {
                var stat = Files.readString(thread.resolve("stat"));
                var figures = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                var ticks = Long.parseLong(figures[11]) + Long.parseLong(figures[12]);
                return stat.contains("CompilerThre") ? ticks * NANOS_PER_TICK : 0;
            } catch (IOException e) {
                // the thread has ended meanwhile
                return 0;
            }
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

        Server server();

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

    /** Posts as agents do: those of level 0 single messages, those of level 1 the rest. */
    record AgentPosts(HttpClient client, List<Run> runs, UnaryOperator<String> path) implements Posts {

        @Override
        public Mono<?> body(int stream, int firstSeq, int chunks) {
            var run = runs.get(stream);
            return ok(client.headers(run.agent::introduce).headers(headers -> headers.set("Content-Type", "application/json"))
                    .post().uri(path.apply(run.id)).send(Mono.fromSupplier(() -> bytes(run.body(firstSeq, chunks)))));
        }

        @Override
        public Mono<?> lines(int stream, Flux<Integer> seqs) {
            var run = runs.get(stream);
            var last = new AtomicLong();
            var ended = seqs.doOnNext(last::set).map(run::chunk)
                    .concatWith(Mono.fromSupplier(() -> run.complete(1 + (int) last.get())));
            return sendLines(client.headers(run.agent::introduce)
                    .headers(headers -> headers.set("Content-Type", "application/x-ndjson").set("X-Codewise-Request-Id", run.id))
                    .post().uri(path.apply(run.id)), ended);
        }
    }

    /** Speaks to a floor. */
    record FloorPeer(Server server) implements Peer {

        @Override
        public Open open(int streams, Form form) throws Exception {
            var everything = Disposables.composite();
            var received = new AtomicLong();
            var opened = new AtomicLong();
            var client = client(server.url, 2 * streams + 100);
            var agents = IntStream.range(0, Math.min(AGENTS, streams)).mapToObj(i -> new Agent("bench-" + i, form)).toList();
            var runs = IntStream.range(0, streams)
                    .mapToObj(i -> new Run("req_abcdefgh_" + UUID.randomUUID().toString().substring(0, 22), agents.get(i % agents.size())))
                    .toList();
            for (var run : runs) {
                everything.add(client.get().uri("/stream/" + run.id).response((response, content) -> {
                    opened.incrementAndGet();
                    return count(content, received);
                }).subscribe());
            }
            await(opened::intValue, streams);
            return new Open(streams, form, new AgentPosts(client, runs, id -> "/post/" + id), received, everything);
        }
    }

    /** Speaks to the proxy, as its clients and its agents. */
    record ProxyPeer(Server server) implements Peer {

        private static final Pattern REQUEST = Pattern.compile("\"requestId\":\"([^\"]+)\"");

        @Override
        public Open open(int streams, Form form) throws Exception {
            var everything = Disposables.composite();
            var received = new AtomicLong();
            var runs = new ConcurrentHashMap<String, Run>();
            var ordered = new LinkedBlockingQueue<Run>();
            var connected = new AtomicLong();
            var client = client(server.url, 2 * streams + 2 * AGENTS + 100);
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
            return new Open(streams, form, new AgentPosts(client, List.copyOf(ordered), id -> "/api/agent/response"), received, everything);
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

        private static final String HEAD = "data: {\"id\":\"chatcmpl-req_abcdefgh_0123456789012345678901\",\"object\":\"chat.completion.chunk\","
                + "\"created\":1767225600,\"model\":\"sonnet\",\"choices\":[{\"index\":0,\"delta\":{\"content\":";
        private static final String TAIL = "},\"logprobs\":null,\"finish_reason\":null}]}\n\n";
        private static final byte[] READY = (HEAD + '"' + CONTENT + '"' + TAIL).getBytes(StandardCharsets.UTF_8);

        private final Map<String, Sinks.Many<ByteBuf>> streams = new ConcurrentHashMap<>();
        private final JsonFactory json = new JsonFactory();

        private Floor() {}

        static void serve(boolean parsing) {
            var floor = new Floor();
            var server = HttpServer.create()
                    .host("127.0.0.1")
                    .port(0)
                    .route(routes -> routes.get("/stream/{id}", floor::stream).post("/post/{id}", parsing ? floor::read : floor::count))
                    .bindNow();
            System.out.println("port " + server.port());
            server.onDispose().block();
        }

        private Publisher<Void> stream(HttpServerRequest request, HttpServerResponse response) {
            Sinks.Many<ByteBuf> events = Sinks.unsafe().many().unicast().onBackpressureBuffer();
            var id = String.valueOf(request.param("id"));
            streams.put(id, events);
            return response.sse()
                    .send(events.asFlux().mergeWith(Mono.just(bytes(":\n\n"))).doFinally(end -> streams.remove(id)), flushed -> true);
        }

        /** Each content has one tilde. */
        private Publisher<Void> count(HttpServerRequest request, HttpServerResponse response) {
            var events = streams.get(String.valueOf(request.param("id")));
            return request.receive()
                    .doOnNext(body -> body.forEachByte(one -> one != '~' || events.tryEmitNext(Unpooled.wrappedBuffer(READY)).isSuccess()))
                    .then(response.sendString(Mono.just("{\"ok\":true}")).then());
        }

        private Publisher<Void> read(HttpServerRequest request, HttpServerResponse response) {
            var body = "application/x-ndjson".equals(request.requestHeaders().get("Content-Type"))
                    ? request.receive().doOnNext(new Lines(this::message))
                    : request.receive().aggregate().doOnNext(this::message);
            return Flux.from(body).then(response.sendString(Mono.just("{\"ok\":true}")).then());
        }

        private void message(ByteBuf bytes) {
            try (var parser = json.createParser(ObjectReadContext.empty(), bytes.toString(StandardCharsets.UTF_8))) {
                var id = "";
                for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                    if (token == JsonToken.VALUE_STRING && "requestId".equals(parser.currentName())) {
                        id = parser.getString();
                    } else if (token == JsonToken.VALUE_STRING && "content".equals(parser.currentName())) {
                        streams.get(id).tryEmitNext(event(parser.getString()));
                    }
                }
            }
        }

        private static ByteBuf event(String content) {
            var event = new StringBuilder(HEAD).append('"');
            JsonStringEncoder.getInstance().quoteAsString(content, event);
            return bytes(event.append('"').append(TAIL).toString());
        }
    }

    /** Cuts what comes into lines. */
    static final class Lines implements Consumer<ByteBuf> {

        private final Consumer<ByteBuf> reader;
        private ByteBuf rest = Unpooled.EMPTY_BUFFER;

        Lines(Consumer<ByteBuf> reader) {
            this.reader = reader;
        }

        @Override
        public void accept(ByteBuf more) {
            var all = rest.isReadable() ? Unpooled.copiedBuffer(rest, more) : more;
            for (var length = all.bytesBefore((byte) '\n'); length >= 0; length = all.bytesBefore((byte) '\n')) {
                reader.accept(all.readSlice(length));
                all.skipBytes(1);
            }
            rest = all.isReadable() ? Unpooled.copiedBuffer(all) : Unpooled.EMPTY_BUFFER;
        }
    }
}
