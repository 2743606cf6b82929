import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is left of large requests once they are answered: the memory of the proxy after a collection of its garbage, before, in
 * the middle of and after so many of them, of six kinds in turn. Those of text alone, but for messages, are answered by an agent of
 * this program, the others by its API on this machine; needs neither account nor network. A database is embedded, unless DATABASE_URL names one.
 *
 * <pre>
 * mvn package -DskipTests
 * java bench/LargeRequests.java [proxy jar [requests [largest heap]]]
 * </pre>
 */
final class LargeRequests {

    private static final String KEY = "a-key-made-up-for-the-bench";
    private static final String SECRET = "a-secret-made-up-for-the-bench";
    private static final int AT_ONCE = 4;
    private static final int WARM_UP = 60;
    private static final int MEGABYTE = 1024 * 1024;

    private static final byte[] ANSWER = String.join(
                    "\n\n",
                    event("message_start", "\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\","
                            + "\"model\":\"m\",\"content\":[],\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}"),
                    event("content_block_start", "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}"),
                    event("content_block_delta", "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Hello\"}"),
                    event("content_block_stop", "\"index\":0"),
                    event("message_delta", "\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":1}"),
                    event("message_stop", "\"index\":0"),
                    "")
            .getBytes(StandardCharsets.UTF_8);

    private static final List<Kind> KINDS = List.of(
            new Kind("a prompt of 1 MB to chat", "/v1/chat/completions", chat(message("user", words(MEGABYTE)), "")),
            new Kind("a prompt of 1 MB to responses", "/v1/responses",
                    "{\"model\":\"sonnet\",\"stream\":true,\"store\":false,\"input\":\"" + words(MEGABYTE) + "\"}"),
            new Kind("a prompt of 1 MB to messages", "/v1/messages",
                    "{\"model\":\"sonnet\",\"max_tokens\":9,\"stream\":true,\"messages\":["
                            + message("user", words(MEGABYTE)) + "]}"),
            new Kind("10,000 messages", "/v1/chat/completions", chat(history(10_000), "")),
            new Kind("128 tools", "/v1/chat/completions", chat(message("user", "Hi"), ",\"tools\":" + tools(128))),
            new Kind("2 MB from a tool", "/v1/chat/completions", chat(resultOf(words(2 * MEGABYTE)), "")));

    private static final Pattern REQUEST_ID = Pattern.compile("\"requestId\":\"([^\"]+)\"");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, AtomicInteger> answers = new TreeMap<>();
    private final Process proxy;
    private final int port;
    private final int managementPort;

    private LargeRequests(Process proxy, int port, int managementPort) {
        this.proxy = proxy;
        this.port = port;
        this.managementPort = managementPort;
    }

    private record Kind(String name, String path, String body) {}

    /** In MB, after a collection of the garbage; what the machine gives the process is higher, and shrinks late if ever. */
    private record Memory(double heap, double direct, double resident) {

        @Override
        public String toString() {
            return String.format("heap %6.1f MB   direct %6.1f MB   resident %6.1f MB", heap, direct, resident);
        }
    }

    public static void main(String[] arguments) throws Exception {
        var jar = arguments.length > 0 ? arguments[0] : "proxy-app/target/codewise-proxy.jar";
        var count = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000;
        var heap = arguments.length > 2 ? arguments[2] : "512m";
        var home = Files.createTempDirectory("codewise-bench-");
        var api = api();
        try {
            run(jar, heap, home, api, count);
        } finally {
            api.stop(0);
            try (var files = Files.walk(home)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
    }

    private static void run(String jar, String heap, Path home, HttpServer api, int count) throws Exception {
        var port = freePort();
        var managementPort = freePort();
        var builder = new ProcessBuilder(java("java"), "-Xmx" + heap, "-jar", jar);
        builder.environment().keySet().removeIf(name -> !name.equals("PATH") && !name.equals("DATABASE_URL"));
        builder.environment()
                .putAll(Map.of(
                        "PORT", "" + port,
                        "MANAGEMENT_PORT", "" + managementPort,
                        "CODEWISE_HOME", home.toString(),
                        "CODEWISE_API_KEY", KEY,
                        "AGENT_SECRET", SECRET,
                        "ANTHROPIC_API_KEY", "sk-ant-made-up-for-the-bench",
                        "ANTHROPIC_BASE_URL", "http://127.0.0.1:" + api.getAddress().getPort()));
        var log = home.resolve("proxy.log").toFile();
        var proxy = builder.redirectErrorStream(true).redirectOutput(log).start();
        try {
            new LargeRequests(proxy, port, managementPort).run(count, heap);
        } catch (IOException e) {
            System.err.println(Files.readString(log.toPath()));
            throw e;
        } finally {
            proxy.destroy();
            proxy.waitFor(30, TimeUnit.SECONDS);
        }
    }

    private void run(int count, String heap) throws Exception {
        awaitStart();
        connectAgent();
        System.out.printf("%d processors, Java %s, -Xmx%s, %d at once%n%n",
                Runtime.getRuntime().availableProcessors(), Runtime.version(), heap, AT_ONCE);
        ask(WARM_UP);
        var start = show("after " + WARM_UP + " to warm up");
        ask(count / 2);
        show("after " + count / 2);
        ask(count - count / 2);
        var end = show("after " + count);
        System.out.println();
        answers.forEach((answer, times) -> System.out.printf("%5d × %s%n", times.get(), answer));
        System.out.printf("%nthe heap has grown by %.1f MB over %d requests%n", end.heap - start.heap, count);
    }

    private void awaitStart() throws IOException, InterruptedException {
        for (var tries = 0; tries < 600; tries++) {
            if (!proxy.isAlive()) {
                throw new IOException("the proxy has not started");
            }
            try {
                if (get(port, "/api/health").contains("\"up\"") && get(port, "/v1/models").contains("sonnet")) {
                    return;
                }
            } catch (IOException e) {
                // not listening yet
            }
            Thread.sleep(200);
        }
        throw new IOException("the proxy is not ready: " + get(port, "/api/health"));
    }

    /** One that says the same to everybody. */
    private void connectAgent() throws IOException, InterruptedException {
        var events = http.send(
                request(port, "/api/agent/connect")
                        .setHeader("authorization", "Bearer " + SECRET)
                        .header("x-agent-id", "bench")
                        .timeout(Duration.ofHours(2))
                        .build(),
                BodyHandlers.ofLines());
        if (events.statusCode() != 200) {
            throw new IOException("the agent is not let in: " + events.statusCode());
        }
        var runs = Executors.newFixedThreadPool(AT_ONCE, LargeRequests::daemon);
        daemon(() -> events.body()
                        .filter(line -> line.startsWith("data:") && line.contains("\"messages\""))
                        .map(REQUEST_ID::matcher)
                        .filter(Matcher::find)
                        .map(id -> id.group(1))
                        .forEach(id -> runs.execute(() -> answerAsAgent(id))))
                .start();
    }

    private void answerAsAgent(String id) {
        try {
            post("{\"type\":\"chunk\",\"requestId\":\"" + id + "\",\"content\":\"Hello from the agent\"}");
            post("{\"type\":\"complete\",\"requestId\":\"" + id + "\",\"finishReason\":\"stop\"}");
        } catch (IOException e) {
            System.err.println("the agent cannot answer: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void post(String message) throws IOException, InterruptedException {
        var receipt = http.send(
                request(port, "/api/agent/response")
                        .setHeader("authorization", "Bearer " + SECRET)
                        .header("x-agent-id", "bench")
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(message))
                        .build(),
                BodyHandlers.ofString());
        if (receipt.statusCode() != 200) {
            System.err.println("the agent is told: " + receipt.statusCode() + " " + receipt.body());
        }
    }

    private void ask(int count) throws Exception {
        var threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Callable<Void>> all = IntStream.range(0, count)
                    .<Callable<Void>>mapToObj(i -> () -> ask(KINDS.get(i % KINDS.size())))
                    .toList();
            for (var done : threads.invokeAll(all)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private Void ask(Kind kind) throws IOException, InterruptedException {
        var response = http.send(
                request(port, kind.path)
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(kind.body))
                        .build(),
                BodyHandlers.ofString());
        var said = !response.body().contains("Hello")
                ? response.body().lines().findFirst().orElse("nothing")
                : response.body().contains("from the agent") ? "by the agent" : "by the API";
        synchronized (answers) {
            answers.computeIfAbsent(kind.name + ": " + response.statusCode() + ", " + said, name -> new AtomicInteger())
                    .incrementAndGet();
        }
        return null;
    }

    private Memory show(String when) throws IOException, InterruptedException {
        Thread.sleep(1500);
        collectGarbage();
        collectGarbage();
        var meters = get(managementPort, "/actuator/prometheus");
        var memory = new Memory(
                sum(meters, "jvm_memory_used_bytes{area=\"heap\""),
                sum(meters, "jvm_buffer_memory_used_bytes{id=\"direct\""),
                resident());
        System.out.printf("%-24s %s%n", when, memory);
        return memory;
    }

    private void collectGarbage() throws IOException, InterruptedException {
        new ProcessBuilder(java("jcmd"), "" + proxy.pid(), "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor(60, TimeUnit.SECONDS);
    }

    private static double sum(String meters, String name) {
        return meters.lines()
                        .filter(line -> line.startsWith(name))
                        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                        .sum()
                / MEGABYTE;
    }

    private double resident() throws IOException {
        var status = Path.of("/proc/" + proxy.pid() + "/status");
        return Files.exists(status)
                ? Files.readAllLines(status).stream()
                                .filter(line -> line.startsWith("VmRSS"))
                                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                                .sum()
                        / 1024.0
                : Double.NaN;
    }

    private String get(int where, String path) throws IOException, InterruptedException {
        return http.send(request(where, path).build(), BodyHandlers.ofString()).body();
    }

    private static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("authorization", "Bearer " + KEY)
                .timeout(Duration.ofSeconds(120));
    }

    private static String java(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program).toString();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, loopback())) {
            return socket.getLocalPort();
        }
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    private static String words(int length) {
        return "All work and no play. ".repeat(length / 22 + 1).substring(0, length);
    }

    private static String message(String role, String content) {
        return "{\"role\":\"" + role + "\",\"content\":\"" + content + "\"}";
    }

    private static String chat(String messages, String more) {
        return "{\"model\":\"sonnet\",\"stream\":true,\"messages\":[" + messages + "]" + more + "}";
    }

    private static String history(int length) {
        return IntStream.range(0, length)
                .mapToObj(i -> message(i % 2 == 0 ? "assistant" : "user", "Message " + i))
                .collect(Collectors.joining(","));
    }

    private static String tools(int count) {
        var tools = new ArrayList<String>();
        for (var i = 0; i < count; i++) {
            tools.add("{\"type\":\"function\",\"function\":{\"name\":\"tool_" + i + "\",\"description\":\"" + words(2_000)
                    + "\",\"parameters\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}}}");
        }
        return tools.toString();
    }

    private static String resultOf(String output) {
        return "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\",\"function\":"
                + "{\"name\":\"f\",\"arguments\":\"{}\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"a\",\"content\":\""
                + output + "\"}";
    }

    private static HttpServer api() throws IOException {
        var api = HttpServer.create(new InetSocketAddress(loopback(), 0), 0);
        api.setExecutor(Executors.newFixedThreadPool(AT_ONCE * 2, LargeRequests::daemon));
        api.createContext("/", LargeRequests::answer);
        api.start();
        return api;
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "api");
        thread.setDaemon(true);
        return thread;
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().transferTo(java.io.OutputStream.nullOutputStream());
            exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, ANSWER.length);
            exchange.getResponseBody().write(ANSWER);
        }
    }

    private static String event(String type, String fields) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + fields + "}";
    }
}
