import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.codewise.agent.claude.AnswerListener;
import dev.codewise.agent.claude.Claude;
import dev.codewise.agent.claude.Patience;
import dev.codewise.agent.claude.Prompt;
import dev.codewise.agent.claude.Retry;
import dev.codewise.agent.claude.Tokens;
import dev.codewise.agent.claude.Toolbox;
import dev.codewise.agent.claude.Wishes;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * How long a new conversation takes to its first text: the bare claude, a process started for each request, and one that waited.
 * All three take turns in one run, against an API on this machine that answers at once; needs neither account nor network.
 *
 * <pre>
 * mvn package -DskipTests
 * java -cp agent-cli/target/codewise-agent.jar bench/FirstText.java [claude [rounds]]
 * </pre>
 */
final class FirstText {

    private static final String MODEL = "claude-sonnet-5";
    private static final Prompt PROMPT = new Prompt(
            MODEL, "Be brief.", List.of(Prompt.Turn.user("Hi")), Toolbox.EMPTY, Wishes.ofMaxTokens(500));
    private static final int AT_ONCE = 8;
    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(60), Duration.ofSeconds(120));
    private static final Duration READY_PATIENCE = Duration.ofSeconds(60);
    private static final long SETTLING_MILLIS = 1500;

    /** Claude gives back what its start took. */
    private static final long TIDYING_MILLIS = 8000;

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

    private final String claude;
    private final Map<String, String> environment;

    private FirstText(String claude, Map<String, String> environment) {
        this.claude = claude;
        this.environment = environment;
    }

    public static void main(String[] arguments) throws Exception {
        var claude = arguments.length > 0 ? new File(arguments[0]).getAbsolutePath() : "claude";
        var rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 15;
        var home = Files.createTempDirectory("codewise-bench-");
        var api = api();
        try {
            new FirstText(claude, environment(home, api)).run(rounds);
        } finally {
            api.stop(0);
            try (var files = Files.walk(home)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
    }

    private void run(int rounds) throws Exception {
        System.out.printf("%d processors, load %.1f, Java %s, %d rounds, milliseconds to the first text%n%n",
                Runtime.getRuntime().availableProcessors(), load(), Runtime.version(), rounds);
        oneByOne(rounds);
        atOnce(Math.max(1, rounds / 5));
        System.out.printf("%nload at the end %.1f%n", load());
    }

    private void oneByOne(int rounds) throws Exception {
        var bare = new ArrayList<Double>();
        var spawned = new ArrayList<Double>();
        var waited = new ArrayList<Double>();
        try (var cold = new Claude(claude, environment, 0, dev.codewise.agent.claude.ParkingRoom.NONE);
                var warm = new Claude(claude, environment, 1, dev.codewise.agent.claude.ParkingRoom.NONE)) {
            bare();
            warm.warmUp(List.of(MODEL));
            for (var round = 0; round < rounds; round++) {
                awaitWaiting(1);
                bare.add(bare());
                spawned.add(ask(cold));
                waited.add(ask(warm));
            }
            awaitWaiting(1);
            System.out.println("a new conversation          min   median      max");
            show("bare claude -p", bare);
            show("process per request", spawned);
            show("process that waited", waited);
            ratio(waited, spawned);
            memory();
        }
    }

    private void atOnce(int rounds) throws Exception {
        var spawned = new ArrayList<Double>();
        var waited = new ArrayList<Double>();
        try (var cold = new Claude(claude, environment, 0, dev.codewise.agent.claude.ParkingRoom.NONE);
                var warm = new Claude(claude, environment, AT_ONCE, dev.codewise.agent.claude.ParkingRoom.NONE)) {
            warm.warmUp(List.of(MODEL));
            for (var round = 0; round < rounds; round++) {
                awaitWaiting(AT_ONCE);
                spawned.addAll(together(() -> ask(cold)));
                waited.addAll(together(() -> ask(warm)));
            }
        }
        System.out.println("\n" + AT_ONCE + " at once                   min   median      max");
        show("process per request", spawned);
        show("process that waited", waited);
        ratio(waited, spawned);
    }

    private static List<Double> together(Callable<Double> request) throws InterruptedException, ExecutionException {
        var threads = Executors.newFixedThreadPool(AT_ONCE);
        var start = new CyclicBarrier(AT_ONCE);
        Callable<Double> one = () -> {
            start.await(10, TimeUnit.SECONDS);
            return request.call();
        };
        try {
            var times = new ArrayList<Double>();
            for (var done : threads.invokeAll(Collections.nCopies(AT_ONCE, one), 2, TimeUnit.MINUTES)) {
                times.add(done.get());
            }
            return times;
        } finally {
            threads.shutdownNow();
        }
    }

    /** As a person would call it, with nothing but the form of the output chosen. */
    private double bare() throws IOException {
        var started = System.nanoTime();
        var builder = new ProcessBuilder(
                claude, "-p", "--output-format", "stream-json", "--verbose", "--include-partial-messages",
                "--model", MODEL, "Hi");
        builder.environment().clear();
        builder.environment().putAll(environment);
        var process = builder.redirectInput(new File("/dev/null")).start();
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains("text_delta")) {
                    return millisSince(started);
                }
            }
            throw new IOException("claude gave no answer");
        } finally {
            process.destroy();
        }
    }

    private static double ask(Claude claude) throws IOException {
        var first = new FirstPiece();
        try (var conversation = claude.start(MODEL)) {
            conversation.answer(PROMPT, first, PATIENCE);
        }
        return first.millis();
    }

    /** Until so many processes have started and have come to rest, so that none is measured while it starts. */
    private static void awaitWaiting(int count) throws InterruptedException {
        var until = System.nanoTime() + READY_PATIENCE.toNanos();
        while (ProcessHandle.current().children().count() != count && System.nanoTime() < until) {
            Thread.sleep(20);
        }
        Thread.sleep(SETTLING_MILLIS);
    }

    private static void memory() throws IOException, InterruptedException {
        Thread.sleep(TIDYING_MILLIS);
        for (var child : ProcessHandle.current().children().toList()) {
            var status = Path.of("/proc/" + child.pid() + "/status");
            if (Files.exists(status)) {
                var resident = Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmRSS"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElse(0);
                System.out.printf("a process that waits takes %d MB%n", resident / 1024);
            }
        }
    }

    private static void show(String what, List<Double> times) {
        System.out.printf("%-22s %8.0f %8.0f %8.0f%n",
                what, Collections.min(times), median(times), Collections.max(times));
    }

    private static void ratio(List<Double> waited, List<Double> spawned) {
        System.out.printf("waited / per request   %7.0f%% %7.0f%%%n",
                100 * Collections.min(waited) / Collections.min(spawned), 100 * median(waited) / median(spawned));
    }

    private static double median(List<Double> times) {
        var sorted = times.stream().sorted().toList();
        var middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static double millisSince(long started) {
        return (System.nanoTime() - started) / 1e6;
    }

    private static double load() {
        return java.lang.management.ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static Map<String, String> environment(Path home, HttpServer api) {
        var environment = new HashMap<String, String>();
        environment.put("PATH", System.getenv("PATH"));
        environment.put("HOME", home.toString());
        environment.put("ANTHROPIC_BASE_URL", "http://127.0.0.1:" + api.getAddress().getPort());
        environment.put("ANTHROPIC_API_KEY", "sk-ant-made-up-for-the-bench");
        environment.put("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1");
        environment.put("DISABLE_AUTOUPDATER", "1");
        return environment;
    }

    private static HttpServer api() throws IOException {
        var loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        var api = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        api.setExecutor(Executors.newFixedThreadPool(AT_ONCE * 2, FirstText::daemon));
        api.createContext("/", FirstText::answer);
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
            if (!exchange.getRequestURI().getPath().equals("/v1/messages")) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, ANSWER.length);
            exchange.getResponseBody().write(ANSWER);
        }
    }

    private static String event(String type, String fields) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + fields + "}";
    }

    /** When the first piece of text came, counted from when it was asked for. */
    private static final class FirstPiece implements AnswerListener {

        private final long started = System.nanoTime();
        private final CountDownLatch come = new CountDownLatch(1);
        private volatile double millis;

        @Override
        public void begun(Tokens soFar) {}

        @Override
        public void thinking(String piece) {}

        @Override
        public void text(String piece) {
            if (come.getCount() > 0) {
                millis = millisSince(started);
                come.countDown();
            }
        }

        @Override
        public void retrying(Retry retry) {}

        @Override
        public void alive() {}

        @Override
        public void toolCall(dev.codewise.agent.claude.CallPiece piece) {}

        double millis() throws IOException {
            if (come.getCount() > 0) {
                throw new IOException("claude gave no answer");
            }
            return millis;
        }
    }
}
