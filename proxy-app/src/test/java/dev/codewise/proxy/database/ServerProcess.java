package dev.codewise.proxy.database;

import dev.codewise.proxy.home.CodewiseHome;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Another Java process with an embedded server, to be killed. */
final class ServerProcess {

    private final Path folder;
    private final Process process;
    private final int port;

    private ServerProcess(Path folder, Process process, int port) {
        this.folder = folder;
        this.process = process;
        this.port = port;
    }

    static ServerProcess startedIn(Path folder) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), Main.class.getName(), folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new ServerProcess(folder, process, port(process.inputReader(StandardCharsets.UTF_8)));
    }

    private static int port(BufferedReader output) throws IOException {
        String line = output.readLine();
        while (line != null && !line.startsWith("port ")) {
            line = output.readLine();
        }
        if (line == null) {
            throw new AssertionError("the process ended before its server was there");
        }
        return Integer.parseInt(line.substring("port ".length()));
    }

    TestDatabase database() throws IOException {
        String password = Files.readString(folder.resolve("postgres-password")).strip();
        return new TestDatabase("127.0.0.1", port, "postgres", "postgres", password);
    }

    /** The server itself, which outlives the process that started it. */
    ProcessHandle server() throws IOException {
        Path pidFile = folder.resolve("postgres/data/postmaster.pid");
        return ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).get(0)))
                .orElseThrow();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            throw new AssertionError("the process does not die");
        }
    }

    /** What runs in the other process. */
    static final class Main {

        private Main() {}

        public static void main(String[] args) throws InterruptedException {
            try (var server = EmbeddedServer.in(new CodewiseHome(Path.of(args[0])))) {
                System.out.println("port " + server.url().port());
                new CountDownLatch(1).await();
            }
        }
    }
}
