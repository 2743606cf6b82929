package dev.codewise.proxy.database;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The database server of a proxy that was killed: it lives on, and nobody but the next proxy will end it. */
final class Orphan {

    private static final int PATIENCE_SECONDS = 15;

    private Orphan() {}

    /** Only for whoever holds the lock of the folder: what still runs on the data then belongs to nobody. */
    static void stop(Path data, Path binaries) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        Optional<ProcessHandle> process = process(pidFile);
        if (process.isEmpty()) {
            return;
        }
        if (isServer(process.get(), binaries)) {
            end(process.get());
        } else {
            // the number went to another program, after a restart of the machine say: PostgreSQL would wait for it
            Files.delete(pidFile);
        }
    }

    private static Optional<ProcessHandle> process(Path pidFile) throws IOException {
        return Files.readAllLines(pidFile).stream()
                .limit(1)
                .map(String::strip)
                .filter(line -> line.matches("\\d{1,18}"))
                .findFirst()
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)));
    }

    private static boolean isServer(ProcessHandle process, Path binaries) throws IOException {
        Path folder = Files.exists(binaries) ? binaries.toRealPath() : binaries;
        return process.info()
                .command()
                .map(Path::of)
                .filter(command -> command.startsWith(folder))
                .isPresent();
    }

    /** Fast, in PostgreSQL's words: it ends its sessions and then itself. By SIGTERM it would wait for whoever is connected. */
    private static void end(ProcessHandle server) throws IOException {
        new ProcessBuilder("sh", "-c", "kill -INT \"$0\"", Long.toString(server.pid()))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start();
        try {
            server.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            server.destroyForcibly();
            server.onExit().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
