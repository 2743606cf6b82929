import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How long the admin API takes to add the ledger up, and to find requests in it, when there are a million entries of the last thirty
 * days: of a thousand keys, two hundred owners, fifty agents and four models, one in a hundred failed. It starts the proxy's jar with a
 * database of its own, fills that, and asks as an operator would. Needs neither account nor network.
 *
 * <pre>
 * mvn package -DskipTests
 * java -Djarmode=tools -jar proxy-app/target/codewise-proxy.jar extract --destination target/proxy
 * java -cp 'target/proxy/lib/*' bench/LedgerAtAMillion.java target/proxy/codewise-proxy.jar [entries]
 * </pre>
 */
final class LedgerAtAMillion {

    private static final String KEY = "a-key-for-the-measurement";
    private static final int TIMES = 9;
    private static final List<String> QUESTIONS = List.of(
            "usage?by=owner", "usage?by=key", "usage?by=model", "usage?by=agent", "usage?by=day",
            "requests", "requests?key=key7", "requests?owner=owner7", "requests?agent=agent7", "requests?outcome=failed",
            "requests?model=opus", "requests?model=no-such-model", "requests?owner=owner7&outcome=failed");

    private static final String FILL = """
            insert into ledger_entry (id, started_at, first_piece_at, ended_at, key_id, owner, surface, asked_model, model,
                provider, agent, outcome, finish_reason, retries, input_tokens, output_tokens, cache_read_tokens,
                cache_write_tokens, reasoning_tokens, cost_usd)
            select 'req_abcdefgh_' || md5(n::text), at, at + interval '400 ms', at + interval '3 s', 'key' || n % 1000,
                'owner' || n % 200, 'chat', (array['sonnet', 'opus', 'haiku', 'claude-sonnet-4-5'])[1 + n % 4], 'claude-' || n % 4,
                'agent', 'agent' || n % 50, case when n % 100 = 0 then 'failed' else 'answered' end, 'stop', 0,
                n % 5000, n % 700, n % 20000, n % 300, 0, case when n % 10 > 0 then n % 1000 / 1e5 end
            from (select n, now() - n * interval '30 days' / ENTRIES as at from generate_series(1, ENTRIES) as n) as entry
            """;

    private LedgerAtAMillion() {}

    public static void main(String[] arguments) throws Exception {
        int entries = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
        Path home = Files.createTempDirectory("codewise-bench-");
        int port = freePort();
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", arguments[0]);
        builder.environment().put("CODEWISE_HOME", home.toString());
        builder.environment().put("CODEWISE_API_KEY", KEY);
        builder.environment().put("PORT", String.valueOf(port));
        builder.environment().put("MANAGEMENT_PORT", String.valueOf(freePort()));
        Process proxy = builder.redirectErrorStream(true).redirectOutput(home.resolve("log").toFile()).start();
        try {
            awaitStart(proxy, port, home);
            fill(home, entries);
            System.out.printf("%,d entries, milliseconds of %d times each%n%n%-36s   min  median   max%n", entries, TIMES, "");
            for (String question : QUESTIONS) {
                time(port, question);
            }
        } finally {
            proxy.destroy();
            proxy.onExit().completeOnTimeout(proxy, 30, TimeUnit.SECONDS).join();
            try (var files = Files.walk(home)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> file.delete());
            }
        }
    }

    private static void fill(Path home, int entries) throws Exception {
        String password = Files.readString(home.resolve("postgres-password")).strip();
        String port = Files.readAllLines(home.resolve("postgres/data/postmaster.pid")).get(3).strip();
        try (var connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", password);
                var statement = connection.createStatement()) {
            statement.execute("select make_ledger_month(now() - interval '30 days')");
            statement.execute(FILL.replace("ENTRIES", "" + entries));
            statement.execute("vacuum analyze ledger_entry");
        }
    }

    private static void time(int port, String question) throws Exception {
        var times = new ArrayList<Double>();
        for (int time = 0; time < TIMES; time++) {
            long start = System.nanoTime();
            var answer = ask(port, question);
            times.add((System.nanoTime() - start) / 1e6);
            if (answer.startsWith("{\"type\"") || answer.contains("\"status\"")) {
                throw new IllegalStateException(answer);
            }
        }
        times.sort(Comparator.naturalOrder());
        System.out.printf("%-36s %5.0f %7.0f %5.0f%n", question, times.get(0), times.get(TIMES / 2), times.get(TIMES - 1));
    }

    private static String ask(int port, String question) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/admin/" + question))
                .header("authorization", "Bearer " + KEY);
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString()).body();
    }

    private static void awaitStart(Process proxy, int port, Path home) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!answers(port)) {
            if (!proxy.isAlive() || System.nanoTime() > until) {
                throw new IllegalStateException(Files.readString(home.resolve("log")));
            }
            Thread.sleep(200);
        }
    }

    private static boolean answers(int port) throws Exception {
        try {
            return ask(port, "usage").contains("\"total\"");
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
