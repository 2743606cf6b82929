package dev.codewise.proxy;

import static org.awaitility.Awaitility.await;

import dev.codewise.proxy.database.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The proxy's jar, run as its users run it, with a folder and ports of its own and none of this machine's variables. */
public final class ProxyProcess implements AutoCloseable {

    private static final Path JAR = Path.of("target", "codewise-proxy.jar");
    private static final Duration LONGEST_START = Duration.ofSeconds(90);

    private static final Pattern ADDRESS = Pattern.compile("listens on (http://127\\.0\\.0\\.1:\\d+)");

    private final Process process;
    private final Path output;

    private ProxyProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    public static ProxyProcess run(Path home, Map<String, String> environment, String... words) {
        try {
            Path output = Files.createTempFile("codewise-proxy", ".log");
            var builder =
                    new ProcessBuilder(command(words)).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().clear();
            builder.environment().put("PATH", System.getenv("PATH"));
            builder.environment().put("CODEWISE_HOME", home.toString());
            builder.environment().put("PORT", "0");
            builder.environment().put("MANAGEMENT_PORT", "0");
            builder.environment().putAll(environment);
            return new ProxyProcess(builder.start(), output);
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

    private static List<String> command(String... words) {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
        command.addAll(List.of(words));
        return command;
    }

    /** Itself, and what it has started. */
    public List<ProcessHandle> processes() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
    }

    /** It says where it listens last of all, when everything else is there. */
    public void awaitStart() {
        await().atMost(LONGEST_START)
                .until(() -> !process.isAlive() || address().isPresent());
        if (!process.isAlive()) {
            throw new AssertionError("the proxy did not start:\n" + output());
        }
    }

    private Optional<URI> address() {
        return ADDRESS.matcher(output())
                .results()
                .map(line -> URI.create(line.group(1)))
                .findFirst();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Where it listens, once it does. */
    public URI url() {
        return address().orElseThrow();
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
