package dev.codewise.proxy;

import static org.awaitility.Awaitility.await;

import dev.codewise.proxy.database.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The proxy's jar, run as its users run it, with a folder and ports of its own and none of this machine's variables. */
public final class ProxyProcess implements AutoCloseable {

    private static final Path JAR = Path.of("target", "codewise-proxy.jar");
    private static final Duration LONGEST_START = Duration.ofSeconds(90);

    private final Process process;
    private final Path output;
    private final int port;

    private ProxyProcess(Process process, Path output, int port) {
        this.process = process;
        this.output = output;
        this.port = port;
    }

    public static ProxyProcess run(Path home, Map<String, String> environment, String... words) {
        try {
            int port = freePort();
            Path output = Files.createTempFile("codewise-proxy", ".log");
            var builder =
                    new ProcessBuilder(command(words)).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().clear();
            builder.environment().put("PATH", System.getenv("PATH"));
            builder.environment().put("CODEWISE_HOME", home.toString());
            builder.environment().put("PORT", String.valueOf(port));
            builder.environment().put("MANAGEMENT_PORT", String.valueOf(freePort()));
            builder.environment().putAll(environment);
            return new ProxyProcess(builder.start(), output, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With a database on the tests' own server, which spares it most of the time of a start; {@link #run} starts its own. */
    public static ProxyProcess runOnServer(Path home, Map<String, String> environment) {
        var all = new HashMap<>(environment);
        all.put("DATABASE_URL", TestDatabase.fresh().url());
        return run(home, all);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static List<String> command(String... words) {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
        command.addAll(List.of(words));
        return command;
    }

    /** It listens last of all, when everything else is there. */
    public void awaitStart() {
        await().atMost(LONGEST_START).until(() -> !process.isAlive() || listens());
        if (!process.isAlive()) {
            throw new AssertionError("the proxy did not start:\n" + output());
        }
    }

    private boolean listens() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Where it listens. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The exit code, once it has ended by itself or by a signal. */
    public int awaitEnd() throws InterruptedException {
        if (!process.waitFor(LONGEST_START.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the proxy does not end:\n" + output());
        }
        return process.exitValue();
    }

    /** Everything it has printed so far. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void terminate() {
        process.destroy();
    }

    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().completeOnTimeout(process, 15, TimeUnit.SECONDS).join();
        kill();
    }
}
