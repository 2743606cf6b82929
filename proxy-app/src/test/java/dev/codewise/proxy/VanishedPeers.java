package dev.codewise.proxy;

import static org.awaitility.Awaitility.await;

import dev.codewise.proxy.agent.FakeAgent;
import dev.codewise.proxy.status.ProxyStart;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * A proxy, agents and a client in a network of their own, in which nothing of one after the other arrives any more, not even an
 * acknowledgement. It says of each that the proxy has missed it.
 */
final class VanishedPeers {

    private static final String KEY = "a-key-of-the-vanished";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private VanishedPeers() {}

    /** Ends whatever happens, with everything it has started. */
    public static void main(String... none) {
        try {
            misses();
        } catch (Exception | AssertionError e) {
            System.out.println("it was not proved: " + e);
        } finally {
            System.exit(0);
        }
    }

    private static void misses() throws Exception {
        runs("ip", "link", "set", "lo", "up");
        var proxy = ProxyStart.with(Map.of(
                "AGENT_SECRET",
                FakeAgent.SECRET,
                "CODEWISE_API_KEY",
                KEY,
                "CODEWISE_AGENT_PINGINTERVAL",
                "200ms",
                "CODEWISE_SERVER_UNACKNOWLEDGED",
                "2s",
                "LOGGING_LEVEL_DEV_CODEWISE_PROXY",
                "off"));
        var url = URI.create("http://127.0.0.1:" + proxy.port());
        try (var agent = FakeAgent.named("speaking").level1().offering("sonnet").connectTo(url);
                var client = client(url)) {
            var run = agent.takes();
            run.says(1, "Hel");
            client.getInputStream().read();

            losesWhatComesFrom("--sport", client.getLocalPort());
            run.says(2, "lo");
            agent.awaitEvent("cancel");
            System.out.println("the client has been missed");
        }
        FakeAgent.named("silent").connectTo(url);
        await().atMost(PATIENCE).until(() -> agents(proxy) == 1);

        losesWhatComesFrom("--dport", proxy.port());
        await().atMost(PATIENCE).until(() -> agents(proxy) == 0);
        System.out.println("the agent has been missed");
    }

    private static Socket client(URI proxy) throws IOException {
        var socket = new Socket(proxy.getHost(), proxy.getPort());
        String body = "{\"model\":\"sonnet\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        String request = "POST /v1/chat/completions HTTP/1.1\r\nHost: " + proxy.getAuthority()
                + "\r\nAuthorization: Bearer " + KEY + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static int agents(ProxyStart proxy) throws Exception {
        var meters = URI.create("http://127.0.0.1:" + proxy.managementPort() + "/actuator/prometheus");
        return HTTP.send(HttpRequest.newBuilder(meters).build(), BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith("codewise_agents{state=\"active\"}"))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.indexOf(' '))))
                .sum();
    }

    private static void losesWhatComesFrom(String which, int port) throws IOException, InterruptedException {
        runs("iptables", "-A", "INPUT", "-i", "lo", "-p", "tcp", which, String.valueOf(port), "-j", "DROP");
    }

    private static void runs(String... command) throws IOException, InterruptedException {
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
    }
}
