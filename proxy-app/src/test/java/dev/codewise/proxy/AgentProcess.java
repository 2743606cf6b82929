package dev.codewise.proxy;

import dev.codewise.fixtures.ClaudeExecutable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The agent's jar, run as its users run it, driving the real Claude Code, which talks to a fake API only. */
public final class AgentProcess implements AutoCloseable {

    private static final Path JAR = Path.of("..", "agent-cli", "target", "codewise-agent.jar");

    private final Process process;
    private final Path output;

    private AgentProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts it with a home of its own for Claude Code, so that nobody's login is read. */
    public static AgentProcess run(Path home, URI anthropic, String... options) throws IOException {
        return run(ClaudeExecutable.environment(home, anthropic), options);
    }

    /** Starts it with nothing in its environment but this. */
    public static AgentProcess run(Map<String, String> environment, String... options) throws IOException {
        Path output = Files.createTempFile("codewise-agent", ".log");
        var builder =
                new ProcessBuilder(command(options)).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new AgentProcess(builder.start(), output);
    }

    private static List<String> command(String... options) {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
        command.addAll(List.of(options));
        return command;
    }

    /** Itself, and what it has started. */
    public List<ProcessHandle> processes() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
    }

    public String output() throws IOException {
        return Files.readString(output);
    }

    /** How often it has said that it is connected. */
    public int connections() throws IOException {
        return output().split("connected to http.* as ", -1).length - 1;
    }

    /** Lets it do nothing at all, though it is there, until {@link #goesOn}. */
    public void freezes() throws IOException, InterruptedException {
        signal("STOP");
    }

    public void goesOn() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    /** Asks it to stop, and returns its exit code. */
    public int stop() throws InterruptedException, IOException {
        process.destroy();
        return awaitEnd();
    }

    /** The exit code, once it has ended by itself. */
    public int awaitEnd() throws InterruptedException, IOException {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("the agent does not end:\n" + output());
        }
        return process.exitValue();
    }

    /** Twice asked, it ends what runs and what waits, so that nothing still writes into the folders of a test. */
    @Override
    public void close() {
        process.destroy();
        process.destroy();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly().onExit().join();
    }
}
