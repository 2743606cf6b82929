import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.codewise.proxy.ProxyApplication;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * What the ledger costs the proxy in CPU time per request: two proxies, each a process of its own with a database of its own, take
 * turns at answering the same requests from an API on this machine that answers at once. They are the same program, but that in one
 * of them the bean that hears of the ends of requests is taken out before it starts: nothing is entered there, and all else is as it
 * was. A request that asks for next to nothing is the one of which the ledger is the largest part.
 *
 * <p>Counted is the CPU time of all threads of the proxy but those of Java's compiler, until everything is written; that of
 * PostgreSQL, which does the rest of the work beside it, is not. Both are warmed up first. Needs Linux, and neither account nor network.
 *
 * <pre>
 * mvn package -DskipTests
 * java -Djarmode=tools -jar proxy-app/target/codewise-proxy.jar extract --destination target/proxy
 * java -cp 'target/proxy/codewise-proxy.jar:target/proxy/lib/*' bench/LedgerCost.java [rounds [requests]]
 * </pre>
 */
final class LedgerCost {

    private static final String KEY = "a-key-for-the-measurement";
    private static final String MODEL = "claude-sonnet-5";
    private static final String QUESTION =
            "{\"model\":\"sonnet\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final int AT_ONCE = 16;
    private static final int WARM_UPS = 15;
    private static final int TICKS_A_SECOND = 100;

    /** Twice as long as an entry waits before it is written. */
    private static final long SETTLING_MILLIS = 600;

    private static final byte[] ANSWER = String.join(
                    "\n\n",
                    event("message_start", "\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\","
                            + "\"model\":\"" + MODEL + "\",\"content\":[],\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}"),
                    event("content_block_start", "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}"),
                    event("content_block_delta", "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Hello\"}"),
                    event("content_block_stop", "\"index\":0"),
                    event("message_delta", "\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":1}"),
                    event("message_stop", "\"index\":0"),
                    "")
            .getBytes(StandardCharsets.UTF_8);

    private LedgerCost() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 1 && arguments[0].startsWith("serve-")) {
            serve(arguments[0].equals("serve-with"));
        } else {
            int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15;
            int requests = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2000;
            measure(rounds, requests);
        }
    }

    private static void serve(boolean withLedger) {
        var application = new SpringApplication(ProxyApplication.class);
        if (!withLedger) {
            application.addInitializers(LedgerCost::takeOut);
        }
        application.run();
    }

    private static void takeOut(ConfigurableApplicationContext context) {
        context.addBeanFactoryPostProcessor(
                beans -> ((BeanDefinitionRegistry) beans).removeBeanDefinition("ledgerListener"));
    }

    private static void measure(int rounds, int requests) throws Exception {
        HttpServer api = api();
        ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE);
        try (var with = Proxy.start("with", api);
                var without = Proxy.start("without", api)) {
            for (int round = 0; round < WARM_UPS; round++) {
                with.cost(requests, clients);
                without.cost(requests, clients);
            }
            System.out.printf("%d processors, load %.1f, Java %s, %d rounds of %d requests, microseconds of CPU for each%n%n",
                    Runtime.getRuntime().availableProcessors(), load(), Runtime.version(), rounds, requests);
            report(rounds, requests, with, without, clients);
        } finally {
            clients.shutdownNow();
            api.stop(0);
        }
    }

    private static void report(int rounds, int requests, Proxy with, Proxy without, ExecutorService clients)
            throws Exception {
        var on = new ArrayList<Double>();
        var off = new ArrayList<Double>();
        var ratios = new ArrayList<Double>();
        for (int round = 0; round < rounds; round++) {
            boolean first = round % 2 == 0;
            double before = (first ? with : without).cost(requests, clients);
            double after = (first ? without : with).cost(requests, clients);
            on.add(first ? before : after);
            off.add(first ? after : before);
            ratios.add(on.get(round) / off.get(round));
        }
        System.out.printf("                    min   median      max%n");
        show("with the ledger", on, 1);
        show("without it", off, 1);
        show("with / without, %", ratios, 100);
        System.out.printf("%nentries written by the one: %s, by the other: %s; load at the end %.1f%n",
                with.entries(), without.entries(), load());
    }

    private static void show(String what, List<Double> figures, int factor) {
        var sorted = figures.stream().sorted().toList();
        System.out.printf("%-18s %5.0f %8.1f %8.0f%n", what, factor * sorted.get(0),
                factor * sorted.get(sorted.size() / 2), factor * sorted.get(sorted.size() - 1));
    }

    /** A proxy as a process of its own, with a folder of its own for its database. */
    private record Proxy(Process process, int port, Path home, HttpClient http) implements AutoCloseable {

        static Proxy start(String kind, HttpServer api) throws Exception {
            Path home = Files.createTempDirectory("codewise-bench-");
            int port = freePort();
            var builder = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
                    "-cp", System.getProperty("java.class.path"), "bench/LedgerCost.java", "serve-" + kind);
            var environment = builder.environment();
            environment.put("CODEWISE_HOME", home.toString());
            environment.put("CODEWISE_API_KEY", KEY);
            environment.put("PORT", String.valueOf(port));
            environment.put("MANAGEMENT_PORT", String.valueOf(freePort()));
            environment.put("ANTHROPIC_API_KEY", "sk-ant-made-up-for-the-bench");
            environment.put("ANTHROPIC_BASE_URL", "http://127.0.0.1:" + api.getAddress().getPort());
            var proxy = new Proxy(
                    builder.redirectErrorStream(true).redirectOutput(home.resolve("log").toFile()).start(),
                    port, home, HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
            proxy.awaitStart();
            return proxy;
        }

        private void awaitStart() throws Exception {
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
            while (true) {
                try {
                    if (get("/api/admin/usage").contains("total")) {
                        return;
                    }
                } catch (IOException notYet) {
                    // not listening
                }
                if (!process.isAlive() || System.nanoTime() > until) {
                    throw new IllegalStateException(Files.readString(home.resolve("log")));
                }
                Thread.sleep(100);
            }
        }

        String entries() throws Exception {
            return get("/api/admin/usage").replaceAll(".*?\"all\":(\\d+).*", "$1");
        }

        private String get(String path) throws Exception {
            return http.send(request(path).build(), BodyHandlers.ofString()).body();
        }

        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .header("content-type", "application/json")
                    .header("authorization", "Bearer " + KEY);
        }

        /** Microseconds for each request. */
        double cost(int requests, ExecutorService clients) throws Exception {
            long before = ticks();
            CompletableFuture.allOf(IntStream.range(0, AT_ONCE)
                            .mapToObj(client -> CompletableFuture.runAsync(() -> ask(requests / AT_ONCE), clients))
                            .toArray(CompletableFuture[]::new))
                    .join();
            Thread.sleep(SETTLING_MILLIS);
            return (ticks() - before) * 1e6 / TICKS_A_SECOND / (requests / AT_ONCE * AT_ONCE);
        }

        private void ask(int count) {
            var request = request("/v1/chat/completions").POST(BodyPublishers.ofString(QUESTION)).build();
            try {
                for (int i = 0; i < count; i++) {
                    var answer = http.send(request, BodyHandlers.ofString());
                    if (!answer.body().contains("Hello")) {
                        throw new IllegalStateException(answer.body());
                    }
                }
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Of all threads but those of the compiler; none of those that count ends in between. */
        private long ticks() throws IOException {
            long ticks = 0;
            for (File task : new File("/proc/" + process.pid() + "/task").listFiles()) {
                try {
                    String stat = Files.readString(task.toPath().resolve("stat"));
                    String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
                    String[] rest = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                    ticks += name.contains("CompilerThre") ? 0 : Long.parseLong(rest[11]) + Long.parseLong(rest[12]);
                } catch (IOException ended) {
                    // a thread that is no more
                }
            }
            return ticks;
        }

        @Override
        public void close() throws IOException {
            process.destroy();
            process.onExit().completeOnTimeout(process, 20, TimeUnit.SECONDS).join();
            process.destroyForcibly();
            try (var files = Files.walk(home)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static HttpServer api() throws IOException {
        var loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        var api = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        api.setExecutor(Executors.newFixedThreadPool(AT_ONCE * 2, LedgerCost::daemon));
        api.createContext("/", LedgerCost::answer);
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
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, ANSWER.length);
            exchange.getResponseBody().write(ANSWER);
        }
    }

    private static String event(String type, String fields) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + fields + "}";
    }
}
